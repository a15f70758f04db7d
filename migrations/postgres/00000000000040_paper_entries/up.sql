-- Demands that an officer entered from paper. Blind indexes of the scan's digest, and of physician, patients, product and day
-- of issue, keep the same paper from being entered twice.
CREATE TABLE paper_entries (
    demand_id text PRIMARY KEY REFERENCES demands (id),
    space text NOT NULL,
    scan_index bytea NOT NULL,
    paper_index bytea NOT NULL,
    CONSTRAINT paper_entries_space_scan_index_key UNIQUE (space, scan_index),
    CONSTRAINT paper_entries_space_paper_index_key UNIQUE (space, paper_index)
);

-- The demand's bytes as they were entered; what a signature holds of others.
CREATE TABLE paper_versions (
    demand_id text NOT NULL REFERENCES demands (id),
    content_version integer NOT NULL CHECK (content_version > 0),
    entered_at timestamp NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (demand_id, content_version)
);
