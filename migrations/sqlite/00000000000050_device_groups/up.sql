-- Editions of the catalogue of device groups: one is current, the former ones stay on record.
CREATE TABLE device_group_editions (
    id text PRIMARY KEY,
    state text NOT NULL CONSTRAINT device_group_editions_state CHECK (state IN ('CURRENT', 'RETIRED')),
    name text NOT NULL,
    -- SHA-256 of the imported text.
    digest text NOT NULL,
    imported_at timestamp NOT NULL,
    versions integer NOT NULL
);

CREATE UNIQUE INDEX device_group_editions_one_current ON device_group_editions (state) WHERE state = 'CURRENT';

-- Versions of groups by code and first day.
CREATE TABLE device_groups (
    edition_id text NOT NULL REFERENCES device_group_editions (id),
    code text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    supply text NOT NULL CONSTRAINT device_groups_supply CHECK (supply IN ('MONTHLY', 'ONE_OFF')),
    details jsonb NOT NULL,
    PRIMARY KEY (edition_id, code, valid_from),
    CONSTRAINT device_groups_validity CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

-- Figures that officers entered, numbered within a code, so that of two at once one looks again.
CREATE TABLE device_group_figures (
    id text PRIMARY KEY,
    space text NOT NULL,
    code text NOT NULL,
    number integer NOT NULL,
    tier integer NOT NULL,
    holds_from date NOT NULL,
    entered_at timestamp NOT NULL,
    person_id text NOT NULL REFERENCES people (id),
    organisation_id text NOT NULL REFERENCES organisations (id),
    details jsonb NOT NULL,
    UNIQUE (space, code, number)
);
