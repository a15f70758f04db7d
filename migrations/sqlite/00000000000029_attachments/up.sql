-- Files of a demand: their bytes stand as sealed segments in the attachment store, under the attachment's id.
CREATE TABLE attachments (
    id text PRIMARY KEY,
    demand_id text NOT NULL REFERENCES demands (id),
    added_at timestamp NOT NULL,
    -- Absent where a patient added it.
    organisation_id text,
    media_type text NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    -- Title and digest.
    sealed blob NOT NULL
);

CREATE INDEX attachments_of_demand ON attachments (demand_id, id);

-- Objects whose attachment is not there yet: whoever finds an old one removes the object.
CREATE TABLE attachment_uploads (
    object_name text PRIMARY KEY,
    started_at timestamp NOT NULL,
    -- From then on no attachment may claim the object.
    given_up_at timestamp
);

CREATE INDEX attachment_uploads_by_age ON attachment_uploads (started_at);
