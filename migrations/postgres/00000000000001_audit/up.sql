CREATE TABLE audit (
    ordinal bigint GENERATED ALWAYS AS IDENTITY,
    id text PRIMARY KEY,
    space text NOT NULL,
    at timestamp NOT NULL,
    client_id text NOT NULL,
    organisation_id text,
    person_system text,
    person_id text,
    role text NOT NULL,
    on_behalf_of text,
    purpose text,
    action text NOT NULL,
    document_kind text,
    document_id text,
    patient_id text,
    refusal text,
    trace_id text,
    bytes bytea NOT NULL,
    digest bytea NOT NULL,
    seq bigint UNIQUE,
    chain bytea,
    CONSTRAINT audit_person CHECK ((person_system IS NULL) = (person_id IS NULL)),
    CONSTRAINT audit_sequenced CHECK ((seq IS NULL) = (chain IS NULL)),
    CONSTRAINT audit_digest CHECK (length(digest) = 32)
);

CREATE INDEX audit_unsequenced ON audit (ordinal) WHERE seq IS NULL;
CREATE INDEX audit_of_patient ON audit (patient_id, ordinal) WHERE patient_id IS NOT NULL;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only';
END
$$;

-- The sequencer may number an entry once; nothing else of it ever changes.
CREATE TRIGGER audit_update BEFORE UPDATE ON audit FOR EACH ROW
WHEN (
    OLD.seq IS NOT NULL OR NEW.seq IS NULL OR NEW.chain IS NULL
    OR (OLD.ordinal, OLD.id, OLD.space, OLD.at, OLD.client_id, OLD.role, OLD.action, OLD.bytes, OLD.digest)
        <> (NEW.ordinal, NEW.id, NEW.space, NEW.at, NEW.client_id, NEW.role, NEW.action, NEW.bytes, NEW.digest)
    OR OLD.organisation_id IS DISTINCT FROM NEW.organisation_id
    OR OLD.person_system IS DISTINCT FROM NEW.person_system
    OR OLD.person_id IS DISTINCT FROM NEW.person_id
    OR OLD.on_behalf_of IS DISTINCT FROM NEW.on_behalf_of
    OR OLD.purpose IS DISTINCT FROM NEW.purpose
    OR OLD.document_kind IS DISTINCT FROM NEW.document_kind
    OR OLD.document_id IS DISTINCT FROM NEW.document_id
    OR OLD.patient_id IS DISTINCT FROM NEW.patient_id
    OR OLD.refusal IS DISTINCT FROM NEW.refusal
    OR OLD.trace_id IS DISTINCT FROM NEW.trace_id
)
EXECUTE FUNCTION audit_refuse();

CREATE TRIGGER audit_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
