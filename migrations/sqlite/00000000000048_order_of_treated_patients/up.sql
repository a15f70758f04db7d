-- In which order the lines of a demand were reported; those from before stand first, in the order of their ids.
ALTER TABLE treated_patients ADD COLUMN line integer NOT NULL DEFAULT 0;
