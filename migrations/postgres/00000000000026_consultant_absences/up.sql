-- Days on which a consultant does not answer in a field, and who does meanwhile.
CREATE TABLE consultant_absences (
    id text PRIMARY KEY,
    space text NOT NULL,
    person_id text NOT NULL REFERENCES people (id),
    field text NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    substitute_id text REFERENCES people (id),
    is_ended boolean NOT NULL,
    CHECK (last_day >= first_day),
    CHECK (substitute_id <> person_id)
);

CREATE INDEX consultant_absences_of_person ON consultant_absences (person_id, last_day);
CREATE INDEX consultant_absences_of_substitute ON consultant_absences (substitute_id, last_day);

-- Licence number and field of the chosen consultant, by which a substitute finds what waits for the absent one.
ALTER TABLE demands ADD COLUMN consultant_post text;
CREATE INDEX demands_of_consultant_post ON demands (consultant_post, id) WHERE consultant_post IS NOT NULL;
