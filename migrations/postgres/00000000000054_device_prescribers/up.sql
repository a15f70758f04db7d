-- One of the five professions that order devices; none where the licence number says it, as a physician's does.
ALTER TABLE people ADD COLUMN profession text CONSTRAINT people_profession CHECK (profession IN (
    'PHYSICIAN', 'FELDSHER', 'PHYSIOTHERAPIST', 'NURSE', 'MIDWIFE'));

-- Who is authorised by whom to draft and sign orders for devices, as the register of medical assistants has it.
CREATE TABLE authorised_assistants (
    assistant_id text NOT NULL REFERENCES people (id),
    prescriber_id text NOT NULL REFERENCES people (id),
    first_day date NOT NULL,
    last_day date NOT NULL,
    PRIMARY KEY (assistant_id, prescriber_id),
    CONSTRAINT authorised_assistants_days CHECK (last_day >= first_day)
);

CREATE INDEX authorised_assistants_of_prescriber ON authorised_assistants (prescriber_id);
