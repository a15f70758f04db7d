-- Files of the payer with contracts for the supply of devices: one is current in each space, the former ones stay on record.
CREATE TABLE device_contract_files (
    id text PRIMARY KEY,
    space text NOT NULL,
    state text NOT NULL CONSTRAINT device_contract_files_state CHECK (state IN ('CURRENT', 'RETIRED')),
    name text NOT NULL,
    -- SHA-256 of the imported text.
    digest text NOT NULL,
    imported_at timestamp NOT NULL,
    -- Service points of the branches that the file names.
    branches jsonb NOT NULL
);

CREATE UNIQUE INDEX device_contract_files_one_current ON device_contract_files (space) WHERE state = 'CURRENT';

CREATE TABLE device_contracts (
    file_id text NOT NULL REFERENCES device_contract_files (id),
    number text NOT NULL,
    branch text NOT NULL,
    details jsonb NOT NULL,
    PRIMARY KEY (file_id, number)
);

-- What a contract covers: a letter, a part of it, or a code.
CREATE TABLE device_contract_covers (
    file_id text NOT NULL,
    number text NOT NULL,
    covers text NOT NULL,
    PRIMARY KEY (file_id, number, covers),
    FOREIGN KEY (file_id, number) REFERENCES device_contracts (file_id, number)
);

-- Where somebody hands out under a contract, holder or subcontractor, from when to when.
CREATE TABLE device_contract_places (
    file_id text NOT NULL,
    number text NOT NULL,
    position integer NOT NULL,
    organisation_id text NOT NULL REFERENCES organisations (id),
    valid_from date NOT NULL,
    valid_to date NOT NULL,
    -- The town in small letters without marks.
    city text NOT NULL,
    PRIMARY KEY (file_id, number, position),
    FOREIGN KEY (file_id, number) REFERENCES device_contracts (file_id, number)
);

CREATE INDEX device_contract_places_organisation ON device_contract_places (file_id, organisation_id);
CREATE INDEX device_contract_places_city ON device_contract_places (file_id, city);
