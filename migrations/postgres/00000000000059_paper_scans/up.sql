-- One scan is one paper, whichever document was entered with it: what no constraint of the tables of one kind can say.
CREATE TABLE paper_scans (
    document_id text PRIMARY KEY,
    space text NOT NULL,
    scan_index bytea NOT NULL,
    CONSTRAINT paper_scans_space_scan_index_key UNIQUE (space, scan_index)
);

INSERT INTO paper_scans (document_id, space, scan_index)
    SELECT demand_id, space, scan_index FROM paper_entries;

-- A scan that stands as both is the demand's.
INSERT INTO paper_scans (document_id, space, scan_index)
    SELECT authorisation_id, space, scan_index FROM paper_notifications
    WHERE NOT EXISTS (
        SELECT 1 FROM paper_scans
        WHERE paper_scans.space = paper_notifications.space AND paper_scans.scan_index = paper_notifications.scan_index
    );
