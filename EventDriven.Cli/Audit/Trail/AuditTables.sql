CREATE SCHEMA IF NOT EXISTS audit;

CREATE TABLE IF NOT EXISTS audit.entries (
    sequence bigint PRIMARY KEY CHECK (sequence > 0),
    change_id uuid NOT NULL,
    time timestamptz NOT NULL,
    operator text NOT NULL,
    subject text,
    host text NOT NULL,
    address text,
    command text NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    phase text NOT NULL CHECK (phase IN ('started', 'succeeded', 'failed', 'stopped')),
    detail text,
    previous_hash bytea NOT NULL UNIQUE CHECK (octet_length(previous_hash) = 32),
    hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32)
);

-- A second line behind the rights, which holds for the owner and superusers, too, until one of them disables it.
CREATE OR REPLACE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Entries of the audit trail are never changed or deleted.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entries
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
ALTER TABLE audit.entries ENABLE ALWAYS TRIGGER append_only;

-- Whoever may only add entries adds them at the end. The lock lets one transaction at a time look where that is.
CREATE OR REPLACE FUNCTION audit.follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head audit.entries;
BEGIN
    PERFORM pg_advisory_xact_lock(4702111234474983745);
    SELECT * INTO head FROM audit.entries ORDER BY sequence DESC LIMIT 1;
    IF NEW.sequence <> coalesce(head.sequence, 0) + 1
        OR NEW.previous_hash <> coalesce(head.hash, decode(repeat('00', 32), 'hex')) THEN
        RAISE EXCEPTION 'An entry of the audit trail follows the last one.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER follow BEFORE INSERT ON audit.entries FOR EACH ROW EXECUTE FUNCTION audit.follow();

ALTER SCHEMA audit OWNER TO audit;
ALTER TABLE audit.entries OWNER TO audit;
ALTER FUNCTION audit.refuse() OWNER TO audit;
ALTER FUNCTION audit.follow() OWNER TO audit;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON SCHEMA audit FROM PUBLIC, operator;
REVOKE ALL ON audit.entries FROM PUBLIC, operator;
GRANT USAGE ON SCHEMA audit TO operator;
GRANT SELECT, INSERT ON audit.entries TO operator;
