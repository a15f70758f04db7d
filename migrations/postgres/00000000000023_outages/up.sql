-- Times in which the system could not be used, as officers record them, and which terms each holds.
CREATE TABLE outages (
    id text PRIMARY KEY,
    space text NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    begins_at timestamp NOT NULL,
    ends_at timestamp,
    reason text NOT NULL,
    -- Full days after its end; without a number until an officer releases its terms.
    grace_days integer CHECK (grace_days >= 0),
    -- Terms that end after the one and not later than the other are held until the third; without a value, nobody
    -- knows yet.
    holds_after timestamp NOT NULL,
    holds_through timestamp,
    holds_until timestamp,
    recorded_at timestamp NOT NULL,
    released_at timestamp,
    CHECK (ends_at IS NULL OR ends_at > begins_at),
    CHECK (released_at IS NULL OR ends_at IS NOT NULL)
);

CREATE INDEX outages_of_space ON outages (space, begins_at);
