-- Notifications that an officer entered from paper. Blind indexes of the scan's digest, and of wholesaler, product, batches and
-- day of issue, keep the same paper from being entered twice.
CREATE TABLE paper_notifications (
    authorisation_id text PRIMARY KEY REFERENCES temporary_authorisations (id),
    space text NOT NULL,
    scan_index bytea NOT NULL,
    paper_index bytea NOT NULL,
    CONSTRAINT paper_notifications_space_scan_index_key UNIQUE (space, scan_index),
    CONSTRAINT paper_notifications_space_paper_index_key UNIQUE (space, paper_index)
);

-- The notification's bytes as they were entered; what a signature holds of others.
CREATE TABLE paper_notification_versions (
    authorisation_id text NOT NULL REFERENCES temporary_authorisations (id),
    content_version integer NOT NULL CHECK (content_version > 0),
    entered_at timestamp NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (authorisation_id, content_version)
);

-- An officer who enters paper finds a wholesaler by its NIP.
CREATE INDEX organisations_of_nip ON organisations (space, nip) WHERE nip IS NOT NULL;
