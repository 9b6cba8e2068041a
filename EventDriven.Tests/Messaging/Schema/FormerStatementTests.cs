using Npgsql;

namespace EventDriven.Tests.Messaging.Schema;

/// <summary>
/// What instances of the former version run by the former names of the tables while a rolling update goes on,
/// word for word, after the tables were moved.
/// </summary>
public sealed class FormerStatementTests(Servers servers) : IAsyncLifetime
{
    private const string InsertInbox =
        """
        INSERT INTO inbox ("group", identity, content, handled_at)
        SELECT $1, identity, content, $2 FROM unnest($3, $4) AS event (identity, content)
        """;
    private static readonly Guid Known = Guid.Parse("0199f000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    private NpgsqlConnection? _inventory;
    private NpgsqlConnection? _analytics;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private NpgsqlConnection Inventory => _inventory ?? throw new InvalidOperationException("Not restored yet.");

    private NpgsqlConnection Analytics => _analytics ?? throw new InvalidOperationException("Not restored yet.");

    public async ValueTask InitializeAsync()
    {
        _inventory = await FormerDatabase.RestoreAsync(servers, FormerDatabase.Inventory, Token);
        _analytics = await FormerDatabase.RestoreAsync(servers, FormerDatabase.Analytics, Token);
        await _inventory.InstallAsync(Token);
        await _analytics.InstallAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Inventory.DisposeAsync();
        await Analytics.DisposeAsync();
    }

    [Fact]
    public async Task An_instance_that_starts_finds_its_tables_and_the_trigger()
    {
        await using var check = Command(
            Inventory,
            """
            SELECT concat_ws(' ',
                (SELECT name FROM unnest($1) WITH ORDINALITY AS needed (name, number) WHERE to_regclass(name) IS NULL ORDER BY number
                    LIMIT 1),
                (SELECT tgenabled::text FROM pg_trigger WHERE tgrelid = to_regclass('outbox') AND tgname = 'outbox_order'
                    AND NOT tgisinternal))
            """,
            (object)(string[])["outbox", "inbox", "dead_letters", "consumer_groups", "consumer_bindings"]);

        Assert.Equal("O", await check.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task An_event_is_ordered_behind_those_that_were_there()
    {
        await using var insert = Command(
            Inventory,
            """
            INSERT INTO outbox (event_id, topic, key, type, time, correlation_id, causation_id, trace_parent, trace_state, data)
            VALUES ($1, 'inventory.v1', 'order-1', 'eventdriven.inventory.stock-reserved.v1', $2, 'c', 'a', NULL, NULL, '')
                RETURNING sequence || ' ' || bucket
            """,
            Known,
            Now);

        var stored = await insert.ExecuteScalarAsync(Token);

        var bucket = Assert.Single(await Inventory.ReadAsync("SELECT DISTINCT bucket FROM messaging.outbox WHERE key = 'order-1'", Token));
        Assert.Equal($"4 {bucket}", stored);
    }

    [Fact]
    public async Task The_relay_reads_and_deletes()
    {
        await using var select = Command(
            Inventory,
            """
            SELECT sequence, bucket, topic, event_id, type, key, time, correlation_id, causation_id, trace_parent, trace_state, data
                FROM outbox
            WHERE bucket = ANY($1) AND sequence <> ALL($2)
            ORDER BY sequence LIMIT $3
            """,
            Enumerable.Range(0, 64).Select(bucket => (short)bucket).ToArray(),
            (long[])[2],
            10);
        await using (var reader = await select.ExecuteReaderAsync(Token))
        {
            Assert.True(await reader.ReadAsync(Token));
            Assert.Equal(1, reader.GetInt64(0));
        }

        await using var delete = Command(Inventory, "DELETE FROM outbox WHERE sequence = ANY($1)", (object)(long[])[1, 3]);
        Assert.Equal(2, await delete.ExecuteNonQueryAsync(Token));
        Assert.Equal(["2"], await Inventory.ReadAsync("SELECT sequence FROM messaging.outbox", Token));
    }

    [Fact]
    public async Task The_inbox_tells_new_events_from_known_ones()
    {
        var fresh = Guid.Parse("0199f000-0000-7000-8000-0000000000ff");
        await using var transaction = await Inventory.BeginTransactionAsync(Token);
        await using var insert = Command(
            Inventory, InsertInbox + " ON CONFLICT DO NOTHING", "inventory", Now, new[] { Known, fresh }, new long[] { 42, 1 });
        Assert.Equal(1, await insert.ExecuteNonQueryAsync(Token));

        await using var select = Command(
            Inventory,
            """
            SELECT identity, content, xmin = pg_current_xact_id()::xid FROM inbox WHERE "group" = $1 AND identity = ANY ($2)
            ORDER BY identity
            """,
            "inventory",
            new[] { Known, fresh });
        await using var reader = await select.ExecuteReaderAsync(Token);
        Assert.True(await reader.ReadAsync(Token));
        Assert.Equal((Known, 42L, false), (reader.GetGuid(0), reader.GetInt64(1), reader.GetBoolean(2)));
        Assert.True(await reader.ReadAsync(Token));
        Assert.Equal((fresh, 1L, true), (reader.GetGuid(0), reader.GetInt64(1), reader.GetBoolean(2)));
    }

    [Fact]
    public async Task A_known_event_where_none_is_expected_is_the_same_violation()
    {
        await using var insert = Command(Inventory, InsertInbox, "inventory", Now, new[] { Known }, new long[] { 42 });

        var violation = await Assert.ThrowsAsync<PostgresException>(() => insert.ExecuteNonQueryAsync(Token));

        Assert.Equal((PostgresErrorCodes.UniqueViolation, "inbox"), (violation.SqlState, violation.TableName));
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(99, 1)]
    public async Task A_dead_letter_is_stored_once(long offset, int rows)
    {
        await using var insert = Command(
            Inventory,
            """
            INSERT INTO dead_letters (
                "group", cluster, topic, partition, "offset", key, event_id, source, identity, content, type, time, headers, record_key,
                    data, reason,
                error_type, error_message, error_stack, attempts, first_failed_at, last_failed_at, state, changed_by, changed_at)
            VALUES ('inventory', 'cluster-1', 'orders.v1', 0, $1, 'k', NULL, NULL, NULL, NULL, NULL, $2, '[]', NULL, NULL, 'failed', NULL,
                NULL, NULL, 1, $2, $2, 'parked', 'g', $2)
            ON CONFLICT ("group", cluster, topic, partition, "offset") DO UPDATE SET
                state = excluded.state, changed_by = excluded.changed_by, changed_at = excluded.changed_at, reason = excluded.reason,
                error_type = excluded.error_type, error_message = excluded.error_message, error_stack = excluded.error_stack,
                attempts = dead_letters.attempts + excluded.attempts, last_failed_at = excluded.last_failed_at,
                first_failed_at = coalesce(dead_letters.first_failed_at, excluded.first_failed_at)
            WHERE dead_letters.state = 'redriven'
            """,
            offset,
            Now);

        Assert.Equal(rows, await insert.ExecuteNonQueryAsync(Token));
    }

    [Fact]
    public async Task A_redrive_resolves_a_dead_letter_and_asks_for_the_next_of_its_key()
    {
        await using var resolve = Command(
            Inventory,
            """
            WITH resolved AS (
                UPDATE dead_letters SET state = 'redriven', changed_by = 'g', changed_at = $2 WHERE id = $1
                    AND state IN ('parked', 'redriving')
                RETURNING id, "group", cluster, topic, partition, key),
            goes_on AS (
                UPDATE dead_letters next SET state = 'redriving', changed_by = 'g', changed_at = $2
                FROM resolved r CROSS JOIN LATERAL (
                    SELECT d.id FROM dead_letters d
                    WHERE d."group" = r."group" AND d.cluster = r.cluster AND d.topic = r.topic AND d.partition = r.partition
                        AND d.key = r.key
                      AND d.state IN ('parked', 'redriving') AND d.id <> r.id
                    ORDER BY d."offset" LIMIT 1 FOR UPDATE) AS oldest
                WHERE next.id = oldest.id AND next.state = 'parked')
            SELECT count(*) FROM resolved
            """,
            1L,
            Now);

        Assert.Equal(1L, await resolve.ExecuteScalarAsync(Token));
        Assert.Equal(
            ["redriven", "redriving", "discarded"],
            await Inventory.ReadAsync("SELECT state FROM messaging.dead_letters ORDER BY id", Token));
    }

    [Theory]
    [InlineData(12, 1)]
    [InlineData(11, 0)]
    public async Task Offsets_move_forward_only(long begin, int rows)
    {
        await using var advance = Command(
            Analytics,
            """
            INSERT INTO consumer_offsets ("group", topic, partition, cluster, next_offset)
            SELECT 'analytics', topic, partition, 'cluster-1', next
            FROM unnest($1, $2, $3) AS last (topic, partition, next),
                set_config('synchronous_commit', 'off', true)
            ON CONFLICT ("group", topic, partition) DO UPDATE SET cluster = excluded.cluster, next_offset = excluded.next_offset
            WHERE consumer_offsets.cluster <> excluded.cluster OR consumer_offsets.next_offset <= (
                SELECT begin FROM unnest($1, $2, $4) AS first (topic, partition, begin)
                WHERE first.topic = excluded.topic AND first.partition = excluded.partition)
            """,
            (string[])["orders.v1"],
            (int[])[0],
            (long[])[20],
            new[] { begin });

        Assert.Equal(rows, await advance.ExecuteNonQueryAsync(Token));
    }

    [Fact]
    public async Task A_group_registers_again()
    {
        await using var register = Command(
            Inventory,
            """
            WITH bound AS (
                INSERT INTO consumer_bindings ("group", event_type, since)
                SELECT 'inventory', event_type, CASE WHEN EXISTS (SELECT FROM consumer_groups WHERE "group" = 'inventory') THEN $2
                    ELSE '-infinity' END
                FROM unnest($1) AS event_type
                ON CONFLICT DO NOTHING),
            unbound AS (DELETE FROM consumer_bindings WHERE "group" = 'inventory' AND NOT event_type = ANY ($1) AND since < $2)
            INSERT INTO consumer_groups ("group", cluster, topics, hearsay_topics, offsets_in_database, inbox_retention_days, started_at)
            VALUES ('inventory', 'cluster-2', '{orders.v1}', '{}', false, 10, $2)
            ON CONFLICT ("group") DO UPDATE SET
                cluster = excluded.cluster, topics = excluded.topics, hearsay_topics = excluded.hearsay_topics,
                offsets_in_database = excluded.offsets_in_database,
                inbox_retention_days = excluded.inbox_retention_days, started_at = excluded.started_at
            RETURNING replays
            """,
            (string[])["another.v1"],
            Now);

        Assert.Equal(2, await register.ExecuteScalarAsync(Token));
        Assert.Equal(["another.v1"], await Inventory.ReadAsync("SELECT event_type FROM messaging.consumer_bindings", Token));
    }

    private static NpgsqlCommand Command(NpgsqlConnection database, string sql, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, database);
        command.Parameters.AddRange(Array.ConvertAll(parameters, value => new NpgsqlParameter { Value = value }));
        return command;
    }
}
