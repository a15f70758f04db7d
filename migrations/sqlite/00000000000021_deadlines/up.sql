-- What is due when: a term that ends, or the reminder before it. Written with the document, removed when fired.
CREATE TABLE deadlines (
    document_id text NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('TERM', 'REMINDER')),
    kind text NOT NULL,
    document_kind text NOT NULL,
    space text NOT NULL,
    started_at timestamp NOT NULL,
    due_at timestamp NOT NULL,
    -- Who fires it at present, and until when nobody else may.
    leased_by text,
    leased_until timestamp,
    PRIMARY KEY (document_id, purpose, kind)
);

CREATE INDEX deadlines_due ON deadlines (due_at, document_id);
