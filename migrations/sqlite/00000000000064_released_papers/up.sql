-- By what the paper of a withdrawn document was known, so that whoever enters it again is told. Of what stands each index is
-- there once; here they repeat, since a paper may be entered and withdrawn more often than that.
CREATE TABLE released_papers (
    document_id text PRIMARY KEY,
    document_kind text NOT NULL,
    space text NOT NULL,
    scan_index blob NOT NULL,
    paper_index blob NOT NULL,
    released_at timestamp NOT NULL
);

CREATE INDEX released_papers_of_scan ON released_papers (space, scan_index);
CREATE INDEX released_papers_of_paper ON released_papers (space, paper_index);
