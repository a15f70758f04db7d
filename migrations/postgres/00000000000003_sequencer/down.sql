DROP TABLE sequences;
DROP TABLE leases;
