CREATE TABLE events (
    ordinal bigint GENERATED ALWAYS AS IDENTITY,
    id text PRIMARY KEY,
    space text NOT NULL,
    type text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    document_kind text NOT NULL,
    document_id text NOT NULL,
    at timestamp NOT NULL,
    payload jsonb NOT NULL,
    seq bigint UNIQUE
);

CREATE INDEX events_unsequenced ON events (ordinal) WHERE seq IS NULL;
CREATE INDEX events_of_document ON events (document_id, ordinal);

-- The number is repeated here, so that one index answers "what is new for these readers".
CREATE TABLE event_audience (
    event_id text NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    audience text NOT NULL,
    seq bigint,
    PRIMARY KEY (event_id, audience)
);

CREATE INDEX event_audience_feed ON event_audience (audience, seq) WHERE seq IS NOT NULL;
