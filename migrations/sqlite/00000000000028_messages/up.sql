-- What the parties of a demand write to each other; text and enclosures are sealed under the demand's key.
CREATE TABLE messages (
    id text PRIMARY KEY,
    demand_id text NOT NULL REFERENCES demands (id),
    sent_at timestamp NOT NULL,
    -- Absent where a patient wrote.
    organisation_id text,
    sealed blob NOT NULL
);

CREATE INDEX messages_of_demand ON messages (demand_id, id);

-- Who reads a message or an attachment: its sender's party and those it names.
CREATE TABLE correspondence_readers (
    item_id text NOT NULL,
    party text NOT NULL,
    -- The one organisation of supply or the one patient; without it, everybody of the party.
    only_id text,
    is_sender boolean NOT NULL,
    PRIMARY KEY (item_id, party)
);

-- Who has read a message first when.
CREATE TABLE message_reads (
    message_id text NOT NULL REFERENCES messages (id),
    reader text NOT NULL,
    party text NOT NULL,
    organisation_id text,
    read_at timestamp NOT NULL,
    PRIMARY KEY (message_id, reader)
);
