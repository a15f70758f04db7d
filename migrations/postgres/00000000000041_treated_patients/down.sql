DROP TABLE treated_patients;
