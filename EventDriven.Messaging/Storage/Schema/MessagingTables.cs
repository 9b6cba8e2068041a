using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Storage.Inbox;
using EventDriven.Messaging.Storage.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace EventDriven.Messaging.Storage.Schema;

/// <summary>The tables that messaging keeps in a service's own database. Names are snake_case, as the services' own.</summary>
public static class MessagingTables
{
    /// <summary>Buckets of an outbox: as many relays can share one, at most.</summary>
    internal const int OutboxBuckets = 64;

    /// <summary>Maps the outbox; its migration also calls <see cref="CreateOutboxTrigger"/>.</summary>
    public static ModelBuilder AddOutbox(this ModelBuilder model)
    {
        model.HasSequence<long>("outbox_sequence").HasMin(1);
        model.Entity<OutboxMessage>(outbox =>
        {
            outbox.ToTable("outbox");
            outbox.HasKey(m => m.Sequence);

            // 0 is never stored: the trigger replaces both.
            outbox.Property(m => m.Sequence).HasDefaultValueSql("0");
            outbox.Property(m => m.Bucket).HasDefaultValueSql("0");
        });
        return model;
    }

    /// <summary>Maps what every consumer needs: its inbox, its dead letters, and what its group is.</summary>
    public static ModelBuilder AddInbox(this ModelBuilder model)
    {
        model.Entity<InboxEntry>(inbox =>
        {
            inbox.ToTable(InboxTable.Table);
            inbox.HasKey(e => new { e.Group, e.Identity });
            inbox.HasIndex(e => e.HandledAt).HasFilter(InboxTable.IsForeign);
        });
        model.Entity<DeadLetter>(letters =>
        {
            letters.ToTable("dead_letters");
            letters.HasKey(l => l.Id);
            letters.Property(l => l.Id).UseIdentityAlwaysColumn();
            letters.Property(l => l.Headers).HasColumnType("jsonb");
            letters.Property(l => l.State).HasConversion(state => state.Stored(), stored => StoredNames.State(stored)).HasMaxLength(16);
            letters.Property(l => l.Reason).HasConversion(reason => reason.Stored(), stored => StoredNames.Reason(stored)).HasMaxLength(16);

            // Storing a record again, after an interruption, finds the first one.
            letters.HasIndex(l => new { l.Group, l.Cluster, l.Topic, l.Partition, l.Offset }).IsUnique();
            letters.HasIndex(l => new { l.Group, l.Topic, l.Partition, l.Key, l.Offset })
                .HasDatabaseName("ix_dead_letters_unresolved").HasFilter("state IN ('parked', 'redriving')");
        });
        model.Entity<RegisteredConsumerGroup>(groups =>
        {
            groups.ToTable("consumer_groups");
            groups.HasKey(g => g.Group);
            groups.Property(g => g.Replays).HasDefaultValue(0);
            groups.Property(g => g.HearsayTopics).HasDefaultValueSql("'{}'");
        });
        model.Entity<RegisteredBinding>(bindings =>
        {
            bindings.ToTable("consumer_bindings");
            bindings.HasKey(b => new { b.Group, b.EventType });
        });
        return model;
    }

    /// <summary>Maps the offsets of a group that keeps them in its database, and which logs its effects were made from.</summary>
    public static ModelBuilder AddConsumerOffsets(this ModelBuilder model)
    {
        model.Entity<ConsumerOffset>(offsets =>
        {
            offsets.ToTable("consumer_offsets");
            offsets.HasKey(o => new { o.Group, o.Topic, o.Partition });
        });
        model.Entity<ConsumedLog>(logs =>
        {
            logs.ToTable("consumer_logs");
            logs.HasKey(l => new { l.Group, l.Topic, l.Cluster, l.TopicId });
        });
        return model;
    }

    /// <summary>
    /// Creates the trigger that orders the outbox. A sequence alone is not in the order of commits: a transaction may draw a lower number
    /// and commit later, and the relay would have gone past it. The trigger takes the key's lock before it draws the number and keeps it
    /// until the commit, so within a key a higher number is always a later commit, whatever code wrote the row (law L5).
    /// </summary>
    public static void CreateOutboxTrigger(this MigrationBuilder migration) => migration.Sql(OutboxTrigger);

    /// <summary>
    /// Lets autovacuum look after the outbox by what was deleted, not by a share of a table that is empty most of the time and may be a million
    /// rows deep after an outage, and work without pauses: dead rows at its head are what the relay's reads have to pass. It must not give empty
    /// pages back, which takes a lock that stops every order for 0.1 s. May be called again by a later migration.
    /// </summary>
    public static void TuneOutbox(this MigrationBuilder migration) => migration.Sql(OutboxStorage);

    /// <summary>
    /// Brings an inbox over that knows events by their ids alone, now that an event is its source and its id. Follows the renaming of
    /// <c>inbox.event_id</c> to <c>identity</c>, in the same migration. Instances of the former version must have stopped: what they applied meanwhile
    /// would not be recognised.
    /// </summary>
    /// <param name="migration">The service's migration.</param>
    /// <param name="sources">
    /// CloudEvents sources of the events that the service has handled. A row doesn't say which of them it is of: with several it gets one row for each.
    /// </param>
    public static void IdentifyInboxBySource(this MigrationBuilder migration, params ReadOnlySpan<string> sources)
    {
        var identities = new List<string>(sources.Length);
        foreach (var source in sources)
        {
            identities.Add($"({EventIdentity.Sql($"'{source.Replace("'", "''", StringComparison.Ordinal)}'", "identity")})");
        }

        migration.Sql(
            $"""
            WITH former AS (DELETE FROM inbox RETURNING "group", identity, handled_at)
            INSERT INTO inbox ("group", identity, handled_at)
            SELECT "group", known.identity, handled_at FROM former CROSS JOIN LATERAL (VALUES {string.Join(", ", identities)}) AS known (identity);
            """);
    }

    /// <summary>Says of the dead letters that are there from which source they came, as their headers say, after the columns were added.</summary>
    public static void IdentifyDeadLettersBySource(this MigrationBuilder migration) => migration.Sql(
        $"""
        UPDATE dead_letters SET source = said.source, identity = {EventIdentity.Sql("said.source", "event_id::uuid")}
        FROM (
            SELECT id, convert_from(bytes, 'UTF8') AS source
            FROM dead_letters CROSS JOIN LATERAL (
                -- Of a repeated header the last counts; it was found to be UTF-8 when the id was read.
                SELECT decode(header ->> 'value', 'base64') AS bytes
                FROM jsonb_array_elements(headers) WITH ORDINALITY AS named (header, number)
                WHERE header ->> 'name' = 'ce_source' ORDER BY number DESC LIMIT 1) AS last
            WHERE event_id IS NOT NULL AND position('\x00'::bytea IN bytes) = 0
            OFFSET 0) AS said
        WHERE said.id = dead_letters.id;
        """);

    internal const string OutboxStorage =
        """
        ALTER TABLE outbox SET (
            autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_cost_delay = 0, vacuum_truncate = off);
        """;

    internal static readonly string OutboxTrigger =
        $"""
        CREATE FUNCTION outbox_order() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            hash bigint := hashtextextended(NEW.key, 0);
        BEGIN
            PERFORM pg_advisory_xact_lock(hash);
            NEW.sequence := nextval('outbox_sequence');
            NEW.bucket := hash & {OutboxBuckets - 1};
            RETURN NEW;
        END $$;
        CREATE TRIGGER outbox_order BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION outbox_order();
        """;
}
