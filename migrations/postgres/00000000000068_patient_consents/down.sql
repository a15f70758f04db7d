DROP TABLE patient_consents;
