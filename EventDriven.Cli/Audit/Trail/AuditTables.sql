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

-- A field as the hash has it: behind its length in bytes, which is -1 for null.
CREATE OR REPLACE FUNCTION audit.field(value bytea) RETURNS bytea LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    SELECT coalesce(int4send(octet_length(value)) || value, int4send(-1))
$$;
CREATE OR REPLACE FUNCTION audit.field(value text) RETURNS bytea LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT audit.field(convert_to(value, 'UTF8'))
$$;

-- The same as that of AuditHash.
CREATE OR REPLACE FUNCTION audit.hash_of(entry audit.entries) RETURNS bytea LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT sha256(
        audit.field('eventdriven-audit-v1'::text) || audit.field(entry.previous_hash) || audit.field(int8send(entry.sequence))
        || audit.field(uuid_send(entry.change_id)) || audit.field(int8send((extract(epoch FROM entry.time) * 1000000)::bigint))
        || audit.field(entry.operator) || audit.field(entry.subject) || audit.field(entry.host) || audit.field(entry.address)
        || audit.field(entry.command) || audit.field(entry.reason) || audit.field(entry.phase) || audit.field(entry.detail))
$$;

-- Whoever may only add entries adds them at the end, with the time, the address and the hash that they have. The lock lets one transaction
-- at a time look where the end is.
CREATE OR REPLACE FUNCTION audit.follow() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    head audit.entries;
BEGIN
    IF NEW.address IS DISTINCT FROM host(inet_client_addr()) THEN
        RAISE EXCEPTION 'An entry of the audit trail has the address that it comes from.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.time NOT BETWEEN clock_timestamp() - interval '1 minute' AND clock_timestamp() + interval '1 minute' THEN
        RAISE EXCEPTION 'An entry of the audit trail has the time at which it is written.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.hash IS DISTINCT FROM audit.hash_of(NEW) THEN
        RAISE EXCEPTION 'An entry of the audit trail has the hash of its fields.' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(4702111234474983745);
    SELECT * INTO head FROM audit.entries ORDER BY sequence DESC LIMIT 1;
    IF NEW.sequence <> coalesce(head.sequence, 0) + 1
        OR NEW.previous_hash <> coalesce(head.hash, decode(repeat('00', 32), 'hex')) THEN
        RAISE EXCEPTION 'An entry of the audit trail follows the last one.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER follow BEFORE INSERT ON audit.entries FOR EACH ROW EXECUTE FUNCTION audit.follow();

ALTER SCHEMA audit OWNER TO audit_owner;
ALTER TABLE audit.entries OWNER TO audit_owner;
ALTER FUNCTION audit.refuse() OWNER TO audit_owner;
ALTER FUNCTION audit.field(bytea) OWNER TO audit_owner;
ALTER FUNCTION audit.field(text) OWNER TO audit_owner;
ALTER FUNCTION audit.hash_of(audit.entries) OWNER TO audit_owner;
ALTER FUNCTION audit.follow() OWNER TO audit_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON SCHEMA audit FROM PUBLIC, audit_writer;
REVOKE ALL ON audit.entries FROM PUBLIC, audit_writer;
GRANT USAGE ON SCHEMA audit TO audit_writer;
GRANT SELECT, INSERT ON audit.entries TO audit_writer;
