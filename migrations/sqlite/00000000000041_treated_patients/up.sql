-- Whom the product of an ad-hoc need was given to; each line is sealed by itself under the demand's key.
CREATE TABLE treated_patients (
    id text PRIMARY KEY,
    demand_id text NOT NULL REFERENCES demands (id),
    patient_id text NOT NULL,
    recorded_at timestamp NOT NULL,
    sealed blob NOT NULL,
    -- A line never changes: when and why it does not count any more stands beside it.
    taken_back_at timestamp,
    taken_back blob
);

CREATE INDEX treated_patients_of_demand ON treated_patients (demand_id, id);
CREATE INDEX treated_patients_of_patient ON treated_patients (patient_id, demand_id);
