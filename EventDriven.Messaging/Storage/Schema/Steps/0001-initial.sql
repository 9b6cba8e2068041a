-- Step 1: all tables. Where a former version, whose tables came with its service's own migrations, has left them in the service's schema, they are
-- moved with all their rows, which takes no longer than the locks; see ADR 0032.

-- What runs meanwhile has the tables before this, or after it. They are locked in the order in which consumers lock them.
DO $$
DECLARE
    home text := coalesce(current_schema(), 'public');
    former regclass;
    moved record;
BEGIN
    FOR moved IN
        -- The columns tell a table of messaging's from one of the same name that the service uses for something else.
        SELECT * FROM (VALUES
            ('consumer_offsets', '{group,topic,partition,cluster,next_offset}'::text[]),
            ('consumer_logs', '{group,topic,cluster,topic_id,begins,first_read_at,last_read_at,was_read,left_out_at}'),
            ('inbox', '{group,identity,content,handled_at}'),
            ('dead_letters', '{id,group,cluster,topic,partition,offset,key,event_id,source,identity,content,headers,record_key,reason,state}'),
            ('consumer_groups', '{group,cluster,topics,hearsay_topics,offsets_in_database,inbox_retention_days,started_at,last_seen_at,replays}'),
            ('consumer_bindings', '{group,event_type,since}'),
            ('outbox', '{sequence,bucket,event_id,topic,key,type,time,correlation_id,causation_id,trace_parent,trace_state,data}')
        ) AS known (name, columns)
    LOOP
        former := to_regclass(format('%I.%I', home, moved.name));
        CONTINUE WHEN former IS NULL
            OR (SELECT relkind FROM pg_class WHERE oid = former) <> 'r'
            OR EXISTS (
                SELECT FROM unnest(moved.columns) AS wanted
                WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = former AND attname = wanted AND NOT attisdropped));

        EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', former);
        IF moved.name = 'outbox' THEN
            EXECUTE format('DROP TRIGGER IF EXISTS outbox_order ON %s', former);
            EXECUTE format('DROP FUNCTION IF EXISTS %I.outbox_order()', home);
            EXECUTE format('ALTER SEQUENCE %I.outbox_sequence SET SCHEMA messaging', home);
        END IF;

        EXECUTE format('ALTER TABLE %s SET SCHEMA messaging', former);

        -- Instances of the former version go on beside this one during a rolling update, by the names that they know.
        EXECUTE format('CREATE VIEW %I.%I AS SELECT *, xmin FROM messaging.%2$I', home, moved.name);
        EXECUTE format('ALTER VIEW %I.%I OWNER TO %s', home, moved.name, (SELECT relowner::regrole FROM pg_class WHERE oid = former));
        IF moved.name = 'outbox' THEN
            -- They look for a trigger of this name when they start. On a view that PostgreSQL updates by itself it never fires.
            EXECUTE format(
                'CREATE TRIGGER outbox_order BEFORE INSERT ON %I.outbox FOR EACH STATEMENT EXECUTE FUNCTION suppress_redundant_updates_trigger()',
                home);
        END IF;
    END LOOP;
END $$;

CREATE SEQUENCE IF NOT EXISTS messaging.outbox_sequence;

-- 0 is never stored: the trigger replaces both.
CREATE TABLE IF NOT EXISTS messaging.outbox (
    sequence bigint NOT NULL DEFAULT 0 CONSTRAINT pk_outbox PRIMARY KEY,
    bucket smallint NOT NULL DEFAULT 0,
    event_id uuid NOT NULL,
    topic text NOT NULL,
    key text NOT NULL,
    type text NOT NULL,
    time timestamptz NOT NULL,
    correlation_id text NOT NULL,
    causation_id text NOT NULL,
    trace_parent text,
    trace_state text,
    data bytea NOT NULL);

-- Autovacuum looks after the outbox by what was deleted, not by a share of a table that is empty most of the time and may be a million rows deep after
-- an outage, and works without pauses: dead rows at its head are what the relay's reads have to pass. It must not give empty pages back, which takes a
-- lock that stops every order for 0.1 s.
ALTER TABLE messaging.outbox SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);

-- Orders the outbox. A sequence alone is not in the order of commits: a transaction may draw a lower number and commit later, and the relay would have
-- gone past it. The trigger takes the key's lock before it draws the number and keeps it until the commit, so within a key a higher number is always a
-- later commit, whatever code wrote the row (law L5).
CREATE OR REPLACE FUNCTION messaging.outbox_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hash bigint := hashtextextended(NEW.key, 0);
BEGIN
    PERFORM pg_advisory_xact_lock(hash);
    NEW.sequence := nextval('messaging.outbox_sequence');
    NEW.bucket := hash & 63;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER outbox_order BEFORE INSERT ON messaging.outbox FOR EACH ROW EXECUTE FUNCTION messaging.outbox_order();

CREATE TABLE IF NOT EXISTS messaging.inbox (
    "group" text NOT NULL,
    identity uuid NOT NULL,
    content bigint,
    handled_at timestamptz NOT NULL,
    CONSTRAINT pk_inbox PRIMARY KEY ("group", identity));

-- Old rows are found by their identities, which begin with a time (UUIDv7); this is for those that don't tell theirs.
CREATE INDEX IF NOT EXISTS ix_inbox_handled_at ON messaging.inbox (handled_at) WHERE get_byte(uuid_send(identity), 6) >> 4 <> 7;

CREATE TABLE IF NOT EXISTS messaging.dead_letters (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_dead_letters PRIMARY KEY,
    "group" text NOT NULL,
    cluster text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    key text,
    event_id text,
    source text,
    identity uuid,
    content bigint,
    type text,
    time timestamptz NOT NULL,
    headers jsonb NOT NULL,
    record_key bytea,
    data bytea,
    reason varchar(16) NOT NULL,
    error_type text,
    error_message text,
    error_stack text,
    attempts integer NOT NULL,
    first_failed_at timestamptz,
    last_failed_at timestamptz,
    state varchar(16) NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    note text);

-- Storing a record again, after an interruption, finds the first one.
CREATE UNIQUE INDEX IF NOT EXISTS ix_dead_letters_group_cluster_topic_partition_offset
    ON messaging.dead_letters ("group", cluster, topic, partition, "offset");
CREATE INDEX IF NOT EXISTS ix_dead_letters_unresolved
    ON messaging.dead_letters ("group", topic, partition, key, "offset") WHERE state IN ('parked', 'redriving');

CREATE TABLE IF NOT EXISTS messaging.consumer_groups (
    "group" text NOT NULL CONSTRAINT pk_consumer_groups PRIMARY KEY,
    cluster text NOT NULL,
    topics text[] NOT NULL,
    hearsay_topics text[] NOT NULL DEFAULT '{}',
    offsets_in_database boolean NOT NULL,
    inbox_retention_days integer NOT NULL,
    started_at timestamptz NOT NULL,
    last_seen_at timestamptz,
    paused_until timestamptz,
    paused_by text,
    replays integer NOT NULL DEFAULT 0);

CREATE TABLE IF NOT EXISTS messaging.consumer_bindings (
    "group" text NOT NULL,
    event_type text NOT NULL,
    since timestamptz NOT NULL,
    CONSTRAINT pk_consumer_bindings PRIMARY KEY ("group", event_type));

CREATE TABLE IF NOT EXISTS messaging.consumer_offsets (
    "group" text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    cluster text NOT NULL,
    next_offset bigint NOT NULL,
    CONSTRAINT pk_consumer_offsets PRIMARY KEY ("group", topic, partition));

CREATE TABLE IF NOT EXISTS messaging.consumer_logs (
    "group" text NOT NULL,
    topic text NOT NULL,
    cluster text NOT NULL,
    topic_id text NOT NULL,
    begins bigint[],
    first_read_at timestamptz NOT NULL,
    last_read_at timestamptz NOT NULL,
    was_read boolean NOT NULL,
    left_out_at timestamptz,
    CONSTRAINT pk_consumer_logs PRIMARY KEY ("group", topic, cluster, topic_id));
