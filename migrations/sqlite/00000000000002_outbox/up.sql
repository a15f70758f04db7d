CREATE TABLE events (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    space TEXT NOT NULL,
    type TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    document_kind TEXT NOT NULL,
    document_id TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    payload JSONB NOT NULL,
    seq BIGINT UNIQUE
);

CREATE INDEX events_unsequenced ON events (ordinal) WHERE seq IS NULL;
CREATE INDEX events_of_document ON events (document_id, ordinal);

-- The number is repeated here, so that one index answers "what is new for these readers".
CREATE TABLE event_audience (
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    audience TEXT NOT NULL,
    seq BIGINT,
    PRIMARY KEY (event_id, audience)
) WITHOUT ROWID;

CREATE INDEX event_audience_feed ON event_audience (audience, seq) WHERE seq IS NOT NULL;
