CREATE TABLE organisations (
    id text PRIMARY KEY,
    space text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    nip text,
    rpwdl_number text,
    -- The entity whose hospital pharmacy this is.
    parent_id text REFERENCES organisations (id),
    email text,
    active boolean NOT NULL
);

CREATE INDEX organisations_of_kind ON organisations (space, kind, name, id);

CREATE TABLE people (
    id text PRIMARY KEY,
    space text NOT NULL,
    given_names text NOT NULL,
    family_name text NOT NULL,
    -- Blind index of the PESEL: what binds a certificate to a person.
    pesel_index bytea,
    active boolean NOT NULL
);

CREATE TABLE person_ids (
    space text NOT NULL,
    id_system text NOT NULL,
    id_value text NOT NULL,
    person_id text NOT NULL REFERENCES people (id),
    PRIMARY KEY (space, id_system, id_value)
);

CREATE INDEX person_ids_of_person ON person_ids (person_id);

CREATE TABLE person_roles (
    person_id text NOT NULL REFERENCES people (id),
    role text NOT NULL,
    organisation_id text NOT NULL REFERENCES organisations (id),
    -- Post in the organisation, as signatures and the register show it.
    position text NOT NULL,
    PRIMARY KEY (person_id, role, organisation_id)
);

CREATE TABLE consultants (
    person_id text NOT NULL REFERENCES people (id),
    space text NOT NULL,
    field text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('NATIONAL', 'VOIVODESHIP')),
    npwz text NOT NULL,
    qualifications text NOT NULL,
    active boolean NOT NULL,
    PRIMARY KEY (person_id, field)
);

CREATE INDEX consultants_of_field ON consultants (space, field, kind);
