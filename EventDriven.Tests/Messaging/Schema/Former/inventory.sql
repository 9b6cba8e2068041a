CREATE FUNCTION public.outbox_order() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    hash bigint := hashtextextended(NEW.key, 0);
BEGIN
    PERFORM pg_advisory_xact_lock(hash);
    NEW.sequence := nextval('outbox_sequence');
    NEW.bucket := hash & 63;
    RETURN NEW;
END $$;
CREATE TABLE public."__EFMigrationsHistory" (
    migration_id character varying(150) NOT NULL,
    product_version character varying(32) NOT NULL
);
CREATE TABLE public.consumer_bindings (
    "group" text NOT NULL,
    event_type text NOT NULL,
    since timestamp with time zone NOT NULL
);
CREATE TABLE public.consumer_groups (
    "group" text NOT NULL,
    cluster text NOT NULL,
    topics text[] NOT NULL,
    offsets_in_database boolean NOT NULL,
    inbox_retention_days integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    paused_until timestamp with time zone,
    paused_by text,
    replays integer DEFAULT 0 NOT NULL,
    hearsay_topics text[] DEFAULT '{}'::text[] NOT NULL,
    last_seen_at timestamp with time zone
);
CREATE TABLE public.dead_letters (
    id bigint NOT NULL,
    "group" text NOT NULL,
    cluster text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    "offset" bigint NOT NULL,
    key text,
    event_id text,
    type text,
    "time" timestamp with time zone NOT NULL,
    headers jsonb NOT NULL,
    record_key bytea,
    data bytea,
    reason character varying(16) NOT NULL,
    error_type text,
    error_message text,
    error_stack text,
    attempts integer NOT NULL,
    first_failed_at timestamp with time zone,
    last_failed_at timestamp with time zone,
    state character varying(16) NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    note text,
    source text,
    identity uuid,
    content bigint
);
ALTER TABLE public.dead_letters ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.dead_letters_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.reservations (
    order_id uuid NOT NULL,
    state character varying(16) NOT NULL,
    placed boolean NOT NULL,
    expires_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    short_skus text[] NOT NULL,
    skus text[] NOT NULL,
    quantities integer[] NOT NULL
);
CREATE TABLE public.stock (
    sku character varying(64) NOT NULL,
    available integer NOT NULL,
    reserved integer NOT NULL,
    CONSTRAINT ck_stock_available CHECK ((available >= 0)),
    CONSTRAINT ck_stock_reserved CHECK ((reserved >= 0))
);
CREATE VIEW public.doubled_effects AS
 SELECT 'inventory'::text AS "group",
    NULL::uuid AS event_id,
    NULL::text AS key,
    format('%s: %s set aside in stock, %s in reservations'::text, sku, stock.reserved, COALESCE(held.quantity, (0)::bigint)) AS detail
   FROM (public.stock
     LEFT JOIN ( SELECT line.sku,
            sum(line.quantity) AS quantity
           FROM public.reservations,
            LATERAL UNNEST(reservations.skus, reservations.quantities) line(sku, quantity)
          WHERE ((reservations.state)::text = ANY ((ARRAY['Held'::character varying, 'Reserved'::character varying])::text[]))
          GROUP BY line.sku) held USING (sku))
  WHERE (stock.reserved <> COALESCE(held.quantity, (0)::bigint));
CREATE TABLE public.inbox (
    "group" text NOT NULL,
    identity uuid NOT NULL,
    handled_at timestamp with time zone NOT NULL,
    content bigint
);
CREATE TABLE public.outbox (
    sequence bigint DEFAULT 0 NOT NULL,
    bucket smallint DEFAULT 0 NOT NULL,
    event_id uuid NOT NULL,
    topic text NOT NULL,
    key text NOT NULL,
    type text NOT NULL,
    "time" timestamp with time zone NOT NULL,
    correlation_id text NOT NULL,
    causation_id text NOT NULL,
    trace_parent text,
    trace_state text,
    data bytea NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='10000', autovacuum_vacuum_cost_delay='0', vacuum_truncate=off);
CREATE SEQUENCE public.outbox_sequence
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261123123647_Initial', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261123160000_OutboxStorage', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261123193000_OutboxTruncation', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261123200055_DeadLetters', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261123215625_ConsumerGroups', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261123220320_DoubledEffects', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261125041557_InboxByIds', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261128173443_IdentityBySource', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261128184000_HearsayTopics', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261128185000_ConsumerGroupLastSeen', '10.0.15');
INSERT INTO public.consumer_bindings VALUES ('inventory', 'eventdriven.orders.order-placed.v1', '-infinity');
INSERT INTO public.consumer_groups VALUES ('inventory', 'cluster-1', '{orders.v1}', false, 10, '2026-11-28 09:00:00+00', NULL, NULL, 2, '{}', '2026-11-28 12:00:00+00');
INSERT INTO public.dead_letters OVERRIDING SYSTEM VALUE VALUES (1, 'inventory', 'cluster-1', 'orders.v1', 0, 10, 'order-1', 'event-10', 'eventdriven.orders.order-placed.v1', '2026-11-28 10:00:00+00', '[{"name": "ce_id", "value": "ZXZlbnQtMTA="}]', '\x6f72646572', '\x7b7d', 'failed', 'System.InvalidOperationException', 'No.', NULL, 5, '2026-11-28 10:00:00+00', '2026-11-28 10:01:00+00', 'parked', 'group inventory', '2026-11-28 10:01:00+00', NULL, '/checkout', '0199f000-0000-7000-8000-000000000010', 10);
INSERT INTO public.dead_letters OVERRIDING SYSTEM VALUE VALUES (2, 'inventory', 'cluster-1', 'orders.v1', 0, 11, 'order-1', 'event-11', 'eventdriven.orders.order-placed.v1', '2026-11-28 10:00:00+00', '[]', '\x6f72646572', '\x7b7d', 'behind', NULL, NULL, NULL, 0, NULL, NULL, 'parked', 'group inventory', '2026-11-28 10:01:00+00', NULL, '/checkout', '0199f000-0000-7000-8000-000000000011', 11);
INSERT INTO public.dead_letters OVERRIDING SYSTEM VALUE VALUES (3, 'inventory', 'cluster-1', 'orders.v1', 1, 5, NULL, NULL, NULL, '2026-11-28 10:00:00+00', '[]', NULL, '\x00', 'unreadable', 'UnreadableEventException', 'No id.', NULL, 1, '2026-11-28 10:00:00+00', '2026-11-28 10:00:00+00', 'discarded', 'somebody', '2026-11-28 11:00:00+00', 'A test.', NULL, NULL, NULL);
INSERT INTO public.inbox VALUES ('inventory', '0199f000-0000-7000-8000-000000000001', '2026-11-28 10:00:00+00', 42);
INSERT INTO public.inbox VALUES ('inventory', '0199f000-0000-7000-8000-000000000002', '2026-11-28 10:00:01+00', NULL);
INSERT INTO public.inbox VALUES ('inventory', 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6', '2026-11-28 10:00:02+00', -7);
INSERT INTO public.outbox VALUES (1, 11, '0199f000-0000-7000-8000-000000000101', 'inventory.v1', 'order-1', 'eventdriven.inventory.stock-reserved.v1', '2026-11-28 10:00:00+00', 'c', 'a', NULL, NULL, '\x7b7d');
INSERT INTO public.outbox VALUES (2, 3, '0199f000-0000-7000-8000-000000000102', 'inventory.v1', 'order-0', 'eventdriven.inventory.stock-reserved.v1', '2026-11-28 10:00:00+00', 'c', 'a', NULL, NULL, '\x7b7d');
INSERT INTO public.outbox VALUES (3, 11, '0199f000-0000-7000-8000-000000000103', 'inventory.v1', 'order-1', 'eventdriven.inventory.stock-reserved.v1', '2026-11-28 10:00:00+00', 'c', 'a', NULL, NULL, '\x7b7d');
INSERT INTO public.reservations VALUES ('0199f000-0000-7000-8000-000000000001', 'Reserved', true, NULL, '2026-11-28 10:00:00+00', '{}', '{mug-blue}', '{2}');
INSERT INTO public.stock VALUES ('filter-paper', 1000, 0);
INSERT INTO public.stock VALUES ('honey-acacia', 0, 0);
INSERT INTO public.stock VALUES ('kettle-steel', 1000, 0);
INSERT INTO public.stock VALUES ('mug-white', 1000, 0);
INSERT INTO public.stock VALUES ('pot-iron', 1000, 0);
INSERT INTO public.stock VALUES ('tea-assam', 1000, 0);
INSERT INTO public.stock VALUES ('tea-darjeeling', 1000, 0);
INSERT INTO public.stock VALUES ('tea-earl-grey', 1000, 0);
INSERT INTO public.stock VALUES ('tea-oolong', 1000, 0);
INSERT INTO public.stock VALUES ('tea-rooibos', 1000, 0);
INSERT INTO public.stock VALUES ('tea-sencha', 1000, 0);
INSERT INTO public.stock VALUES ('mug-blue', 998, 2);
SELECT pg_catalog.setval('public.dead_letters_id_seq', 3, true);
SELECT pg_catalog.setval('public.outbox_sequence', 3, true);
ALTER TABLE ONLY public."__EFMigrationsHistory"
    ADD CONSTRAINT pk___ef_migrations_history PRIMARY KEY (migration_id);
ALTER TABLE ONLY public.consumer_bindings
    ADD CONSTRAINT pk_consumer_bindings PRIMARY KEY ("group", event_type);
ALTER TABLE ONLY public.consumer_groups
    ADD CONSTRAINT pk_consumer_groups PRIMARY KEY ("group");
ALTER TABLE ONLY public.dead_letters
    ADD CONSTRAINT pk_dead_letters PRIMARY KEY (id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT pk_inbox PRIMARY KEY ("group", identity);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (sequence);
ALTER TABLE ONLY public.reservations
    ADD CONSTRAINT pk_reservations PRIMARY KEY (order_id);
ALTER TABLE ONLY public.stock
    ADD CONSTRAINT pk_stock PRIMARY KEY (sku);
CREATE UNIQUE INDEX ix_dead_letters_group_cluster_topic_partition_offset ON public.dead_letters USING btree ("group", cluster, topic, partition, "offset");
CREATE INDEX ix_dead_letters_unresolved ON public.dead_letters USING btree ("group", topic, partition, key, "offset") WHERE ((state)::text = ANY ((ARRAY['parked'::character varying, 'redriving'::character varying])::text[]));
CREATE INDEX ix_inbox_handled_at ON public.inbox USING btree (handled_at) WHERE ((get_byte(uuid_send(identity), 6) >> 4) <> 7);
CREATE INDEX ix_reservations_expires_at ON public.reservations USING btree (expires_at) WHERE (expires_at IS NOT NULL);
CREATE TRIGGER outbox_order BEFORE INSERT ON public.outbox FOR EACH ROW EXECUTE FUNCTION public.outbox_order();
