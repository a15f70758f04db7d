DROP TABLE revocation_lists;
DROP TABLE signatures;
DROP TABLE realisations;
DROP TABLE demand_grants;
DROP TABLE demand_patients;
DROP TABLE demands;
