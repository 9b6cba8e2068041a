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
CREATE TABLE public.consumer_logs (
    "group" text NOT NULL,
    topic text NOT NULL,
    cluster text NOT NULL,
    topic_id text NOT NULL,
    begins bigint[],
    first_read_at timestamp with time zone NOT NULL,
    last_read_at timestamp with time zone NOT NULL,
    was_read boolean NOT NULL,
    left_out_at timestamp with time zone
);
CREATE TABLE public.consumer_offsets (
    "group" text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    cluster text NOT NULL,
    next_offset bigint NOT NULL
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
CREATE TABLE public.inbox (
    "group" text NOT NULL,
    identity uuid NOT NULL,
    handled_at timestamp with time zone NOT NULL,
    content bigint
);
CREATE TABLE public.ordered_items (
    order_id uuid NOT NULL,
    sku text NOT NULL,
    quantity integer NOT NULL
);
CREATE TABLE public.orders (
    order_id uuid NOT NULL,
    state integer NOT NULL,
    placed_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    currency text,
    total numeric
);
CREATE TABLE public.payments (
    order_id uuid NOT NULL,
    provider_reference text NOT NULL,
    amount numeric NOT NULL,
    currency text NOT NULL,
    captured_at timestamp with time zone NOT NULL
);
CREATE TABLE public.reservations (
    order_id uuid NOT NULL,
    reserved_at timestamp with time zone NOT NULL
);
CREATE TABLE public.sign_ups (
    customer_id uuid NOT NULL,
    signed_up_at timestamp with time zone NOT NULL
);
CREATE VIEW public.read_model_keys AS
 SELECT 'analytics'::text AS "group",
    'orders.v1'::text AS topic,
    'eventdriven.orders.order-placed.v1'::text AS event_type,
    NULL::text AS key,
    NULL::timestamp with time zone AS happened_at
UNION ALL
 SELECT 'analytics'::text AS "group",
    'orders.v1'::text AS topic,
    'eventdriven.orders.order-placed.v1'::text AS event_type,
    k.key,
    k.happened_at
   FROM ( SELECT (orders.order_id)::text AS order_id,
            orders.placed_at
           FROM public.orders
          WHERE (orders.placed_at IS NOT NULL)) k(key, happened_at)
UNION ALL
 SELECT 'analytics'::text AS "group",
    'orders.v1'::text AS topic,
    'eventdriven.orders.order-confirmed.v1'::text AS event_type,
    NULL::text AS key,
    NULL::timestamp with time zone AS happened_at
UNION ALL
 SELECT 'analytics'::text AS "group",
    'orders.v1'::text AS topic,
    'eventdriven.orders.order-confirmed.v1'::text AS event_type,
    k.key,
    k.happened_at
   FROM ( SELECT (orders.order_id)::text AS order_id,
            orders.confirmed_at
           FROM public.orders
          WHERE (orders.confirmed_at IS NOT NULL)) k(key, happened_at)
UNION ALL
 SELECT 'analytics'::text AS "group",
    'inventory.v1'::text AS topic,
    'eventdriven.inventory.stock-reserved.v1'::text AS event_type,
    NULL::text AS key,
    NULL::timestamp with time zone AS happened_at
UNION ALL
 SELECT 'analytics'::text AS "group",
    'inventory.v1'::text AS topic,
    'eventdriven.inventory.stock-reserved.v1'::text AS event_type,
    k.key,
    k.happened_at
   FROM ( SELECT (reservations.order_id)::text AS order_id,
            reservations.reserved_at
           FROM public.reservations) k(key, happened_at)
UNION ALL
 SELECT 'analytics'::text AS "group",
    'payments.v1'::text AS topic,
    'eventdriven.payments.payment-captured.v1'::text AS event_type,
    NULL::text AS key,
    NULL::timestamp with time zone AS happened_at
UNION ALL
 SELECT 'analytics'::text AS "group",
    'payments.v1'::text AS topic,
    'eventdriven.payments.payment-captured.v1'::text AS event_type,
    k.key,
    k.happened_at
   FROM ( SELECT (payments.order_id)::text AS order_id,
            NULL::timestamp with time zone AS timestamptz
           FROM public.payments) k(key, happened_at)
UNION ALL
 SELECT 'analytics'::text AS "group",
    'customers.v1'::text AS topic,
    'eventdriven.customers.user-signed-up.v1'::text AS event_type,
    NULL::text AS key,
    NULL::timestamp with time zone AS happened_at
UNION ALL
 SELECT 'analytics'::text AS "group",
    'customers.v1'::text AS topic,
    'eventdriven.customers.user-signed-up.v1'::text AS event_type,
    k.key,
    k.happened_at
   FROM ( SELECT (sign_ups.customer_id)::text AS customer_id,
            sign_ups.signed_up_at
           FROM public.sign_ups) k(key, happened_at);
CREATE TABLE public.receipts (
    identity uuid NOT NULL,
    "group" text NOT NULL,
    key text NOT NULL,
    topic text NOT NULL,
    type text NOT NULL,
    event_time timestamp with time zone NOT NULL,
    outcome integer NOT NULL,
    attempts integer NOT NULL,
    milliseconds double precision NOT NULL,
    "time" timestamp with time zone NOT NULL,
    event_id text NOT NULL
);
CREATE TABLE public.refunds (
    order_id uuid NOT NULL,
    provider_reference text NOT NULL,
    amount numeric NOT NULL,
    currency text NOT NULL,
    refunded_at timestamp with time zone NOT NULL
);
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261123123702_Initial', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261123200100_DeadLetters', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261123215633_ConsumerGroups', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261123220649_Receipts', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261125041825_InboxByIds', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261128173449_IdentityBySource', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261128181000_ConsumedLogs', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261128181001_ReadModelKeys', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261128183000_Refunds', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261128184000_HearsayTopics', '10.0.15');
INSERT INTO public."__EFMigrationsHistory" VALUES ('20261128185000_ConsumerGroupLastSeen', '10.0.15');
INSERT INTO public.consumer_bindings VALUES ('analytics', 'eventdriven.orders.order-placed.v1', '-infinity');
INSERT INTO public.consumer_groups VALUES ('analytics', 'cluster-1', '{orders.v1}', true, 10, '2026-11-28 09:00:00+00', NULL, NULL, 2, '{}', '2026-11-28 12:00:00+00');
INSERT INTO public.consumer_logs VALUES ('analytics', 'orders.v1', 'cluster-1', 'topic-id', '{0,0}', '2026-11-28 09:00:00+00', '2026-11-28 12:00:00+00', true, NULL);
INSERT INTO public.consumer_offsets VALUES ('analytics', 'orders.v1', 0, 'cluster-1', 12);
INSERT INTO public.consumer_offsets VALUES ('analytics', 'orders.v1', 1, 'cluster-1', 6);
INSERT INTO public.dead_letters OVERRIDING SYSTEM VALUE VALUES (1, 'analytics', 'cluster-1', 'orders.v1', 0, 10, 'order-1', 'event-10', 'eventdriven.orders.order-placed.v1', '2026-11-28 10:00:00+00', '[{"name": "ce_id", "value": "ZXZlbnQtMTA="}]', '\x6f72646572', '\x7b7d', 'failed', 'System.InvalidOperationException', 'No.', NULL, 5, '2026-11-28 10:00:00+00', '2026-11-28 10:01:00+00', 'parked', 'group analytics', '2026-11-28 10:01:00+00', NULL, '/checkout', '0199f000-0000-7000-8000-000000000010', 10);
INSERT INTO public.dead_letters OVERRIDING SYSTEM VALUE VALUES (2, 'analytics', 'cluster-1', 'orders.v1', 0, 11, 'order-1', 'event-11', 'eventdriven.orders.order-placed.v1', '2026-11-28 10:00:00+00', '[]', '\x6f72646572', '\x7b7d', 'behind', NULL, NULL, NULL, 0, NULL, NULL, 'parked', 'group analytics', '2026-11-28 10:01:00+00', NULL, '/checkout', '0199f000-0000-7000-8000-000000000011', 11);
INSERT INTO public.dead_letters OVERRIDING SYSTEM VALUE VALUES (3, 'analytics', 'cluster-1', 'orders.v1', 1, 5, NULL, NULL, NULL, '2026-11-28 10:00:00+00', '[]', NULL, '\x00', 'unreadable', 'UnreadableEventException', 'No id.', NULL, 1, '2026-11-28 10:00:00+00', '2026-11-28 10:00:00+00', 'discarded', 'somebody', '2026-11-28 11:00:00+00', 'A test.', NULL, NULL, NULL);
INSERT INTO public.inbox VALUES ('analytics', '0199f000-0000-7000-8000-000000000001', '2026-11-28 10:00:00+00', 42);
INSERT INTO public.inbox VALUES ('analytics', '0199f000-0000-7000-8000-000000000002', '2026-11-28 10:00:01+00', NULL);
INSERT INTO public.inbox VALUES ('analytics', 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6', '2026-11-28 10:00:02+00', -7);
SELECT pg_catalog.setval('public.dead_letters_id_seq', 3, true);
ALTER TABLE ONLY public."__EFMigrationsHistory"
    ADD CONSTRAINT pk___ef_migrations_history PRIMARY KEY (migration_id);
ALTER TABLE ONLY public.consumer_bindings
    ADD CONSTRAINT pk_consumer_bindings PRIMARY KEY ("group", event_type);
ALTER TABLE ONLY public.consumer_groups
    ADD CONSTRAINT pk_consumer_groups PRIMARY KEY ("group");
ALTER TABLE ONLY public.consumer_logs
    ADD CONSTRAINT pk_consumer_logs PRIMARY KEY ("group", topic, cluster, topic_id);
ALTER TABLE ONLY public.consumer_offsets
    ADD CONSTRAINT pk_consumer_offsets PRIMARY KEY ("group", topic, partition);
ALTER TABLE ONLY public.dead_letters
    ADD CONSTRAINT pk_dead_letters PRIMARY KEY (id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT pk_inbox PRIMARY KEY ("group", identity);
ALTER TABLE ONLY public.ordered_items
    ADD CONSTRAINT pk_ordered_items PRIMARY KEY (order_id, sku);
ALTER TABLE ONLY public.orders
    ADD CONSTRAINT pk_orders PRIMARY KEY (order_id);
ALTER TABLE ONLY public.payments
    ADD CONSTRAINT pk_payments PRIMARY KEY (order_id, provider_reference);
ALTER TABLE ONLY public.receipts
    ADD CONSTRAINT pk_receipts PRIMARY KEY (identity, "group");
ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT pk_refunds PRIMARY KEY (order_id, provider_reference);
ALTER TABLE ONLY public.reservations
    ADD CONSTRAINT pk_reservations PRIMARY KEY (order_id);
ALTER TABLE ONLY public.sign_ups
    ADD CONSTRAINT pk_sign_ups PRIMARY KEY (customer_id);
CREATE UNIQUE INDEX ix_dead_letters_group_cluster_topic_partition_offset ON public.dead_letters USING btree ("group", cluster, topic, partition, "offset");
CREATE INDEX ix_dead_letters_unresolved ON public.dead_letters USING btree ("group", topic, partition, key, "offset") WHERE ((state)::text = ANY ((ARRAY['parked'::character varying, 'redriving'::character varying])::text[]));
CREATE INDEX ix_inbox_handled_at ON public.inbox USING btree (handled_at) WHERE ((get_byte(uuid_send(identity), 6) >> 4) <> 7);
CREATE INDEX ix_orders_state ON public.orders USING btree (state);
CREATE INDEX ix_payments_captured_at ON public.payments USING btree (captured_at);
CREATE INDEX ix_receipts_key ON public.receipts USING btree (key);
CREATE INDEX ix_receipts_time ON public.receipts USING btree ("time");
CREATE INDEX ix_refunds_refunded_at ON public.refunds USING btree (refunded_at);
