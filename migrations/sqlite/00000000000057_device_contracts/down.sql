DROP TABLE device_contract_places;
DROP TABLE device_contract_covers;
DROP TABLE device_contracts;
DROP TABLE device_contract_files;
