CREATE TABLE audit (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    space TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    client_id TEXT NOT NULL,
    organisation_id TEXT,
    person_system TEXT,
    person_id TEXT,
    role TEXT NOT NULL,
    on_behalf_of TEXT,
    purpose TEXT,
    action TEXT NOT NULL,
    document_kind TEXT,
    document_id TEXT,
    patient_id TEXT,
    refusal TEXT,
    trace_id TEXT,
    bytes BLOB NOT NULL,
    digest BLOB NOT NULL,
    seq BIGINT UNIQUE,
    chain BLOB,
    CONSTRAINT audit_person CHECK ((person_system IS NULL) = (person_id IS NULL)),
    CONSTRAINT audit_sequenced CHECK ((seq IS NULL) = (chain IS NULL)),
    CONSTRAINT audit_digest CHECK (length(digest) = 32)
);

CREATE INDEX audit_unsequenced ON audit (ordinal) WHERE seq IS NULL;
CREATE INDEX audit_of_patient ON audit (patient_id, ordinal) WHERE patient_id IS NOT NULL;

-- The sequencer may number an entry once; nothing else of it ever changes.
CREATE TRIGGER audit_update BEFORE UPDATE ON audit FOR EACH ROW
WHEN
    OLD.seq IS NOT NULL OR NEW.seq IS NULL OR NEW.chain IS NULL
    OR (OLD.ordinal, OLD.id, OLD.space, OLD.at, OLD.client_id, OLD.role, OLD.action, OLD.bytes, OLD.digest)
        <> (NEW.ordinal, NEW.id, NEW.space, NEW.at, NEW.client_id, NEW.role, NEW.action, NEW.bytes, NEW.digest)
    OR OLD.organisation_id IS NOT NEW.organisation_id
    OR OLD.person_system IS NOT NEW.person_system
    OR OLD.person_id IS NOT NEW.person_id
    OR OLD.on_behalf_of IS NOT NEW.on_behalf_of
    OR OLD.purpose IS NOT NEW.purpose
    OR OLD.document_kind IS NOT NEW.document_kind
    OR OLD.document_id IS NOT NEW.document_id
    OR OLD.patient_id IS NOT NEW.patient_id
    OR OLD.refusal IS NOT NEW.refusal
    OR OLD.trace_id IS NOT NEW.trace_id
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;

CREATE TRIGGER audit_delete BEFORE DELETE ON audit FOR EACH ROW
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
