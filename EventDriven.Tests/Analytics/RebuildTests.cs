using Confluent.Kafka;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Services;
using Npgsql;

namespace EventDriven.Tests.Analytics;

/// <summary>Law L10: a read model is made anew from the log while the old one answers.</summary>
public sealed class RebuildTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rebuilt_read_model_is_the_incrementally_built_one_row_for_row_while_orders_flow_and_readers_read()
    {
        var topic = await servers.CreateTopicAsync(4, Token);
        await using var rebuilt = await AnalyticsHost.StartAsync(servers, topic, $"rebuilt-{topic}");
        await using var incremental = await AnalyticsHost.StartAsync(servers, topic, $"incremental-{topic}");
        using var log = new OrderLog(servers.Kafka, topic);
        var orders = Enumerable.Range(0, 3_000).Select(_ => Orders.NewId()).ToArray();
        Produce(log, orders, 0, 2_000);
        await CaughtUpAsync(rebuilt, log.Events);

        // What a defect left behind, and a rebuild repairs.
        await rebuilt.QueryAsync(
            "UPDATE orders SET total = -1, state = 1; DELETE FROM ordered_items WHERE sku = 'sku-3'; "
            + "DELETE FROM messaging.inbox WHERE identity IN (SELECT identity FROM messaging.inbox LIMIT 50)");

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asking = Task.Run(() => rebuilt.AskAsync(stop.Token), Token);
        var flowing = Task.Run(() => FlowAsync(log, orders, stop.Token), Token);
        var (exitCode, lines) = await rebuilt.RebuildAsync();
        await stop.CancelAsync();
        var produced = await flowing;
        var answers = await asking;

        NotFailed(lines);
        Assert.Equal(ExitCode.Done, exitCode);
        var result = Assert.IsType<RebuildResult>(lines[^1]);
        Assert.True(result.Events >= 2_000 * 3, $"{result}");
        Assert.Contains(lines.OfType<TaskProgress>(), line => line is { Phase: "reading", EventsPerSecond: > 0, SecondsLeft: not null });
        Assert.True(answers.Count > 10, $"{answers.Count} answers");
        Assert.Equal(answers.Order(), answers);
        Assert.InRange(produced, 2_001, 3_000);

        Produce(log, orders, produced, 3_000);
        await CaughtUpAsync(rebuilt, log.Events);
        await CaughtUpAsync(incremental, log.Events);
        Assert.Equal(await incremental.ReadModelAsync(), await rebuilt.ReadModelAsync());
        Assert.Equal(await IdsAsync(incremental), await IdsAsync(rebuilt));
        Assert.Empty(await rebuilt.QueryAsync("SELECT nspname FROM pg_namespace WHERE nspname = 'rebuild'"));

        // The tables are as the service's migrations make them, so the next migration finds what it expects.
        Assert.Equal(await IndexesAsync(incremental), await IndexesAsync(rebuilt));
    }

    [Theory]
    [InlineData]
    [InlineData("--change", "yesterday's")]
    public async Task The_program_itself_rebuilds_nothing_that_is_not_recorded(params string[] options)
    {
        var topic = await servers.CreateTopicAsync(1, Token);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"unrecorded-{topic}");

        var (exitCode, lines) = await analytics.RebuildUnrecordedAsync(options);

        var failure = Assert.IsType<TaskFailure>(Assert.Single(lines));
        Assert.Equal((ExitCode.Usage, ExitCode.Usage), (exitCode, failure.ExitCode));
        Assert.Contains("run ./eventdriven rebuild", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>During a rolling update to the version whose tables of messaging are in a schema of their own.</summary>
    [Fact]
    public async Task What_the_former_version_sees_of_inbox_and_offsets_is_switched_too()
    {
        var topic = await servers.CreateTopicAsync(1, Token);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"views-{topic}");
        using var log = new OrderLog(servers.Kafka, topic);
        Produce(log, [Orders.NewId()], 0, 1);
        await CaughtUpAsync(analytics, log.Events);
        await analytics.QueryAsync(
            """
            CREATE VIEW inbox AS SELECT *, xmin FROM messaging.inbox;
            CREATE VIEW consumer_offsets AS SELECT *, xmin FROM messaging.consumer_offsets
            """);

        var (exitCode, lines) = await analytics.RebuildAsync();

        NotFailed(lines);
        Assert.Equal(ExitCode.Done, exitCode);
        await analytics.QueryAsync("DELETE FROM inbox; DELETE FROM consumer_offsets");
        Assert.Equal(["0"], await analytics.QueryAsync(
            "SELECT (SELECT count(*) FROM messaging.inbox) + (SELECT count(*) FROM messaging.consumer_offsets)"));
    }

    [Fact]
    public async Task Dead_letters_are_left_out_as_the_group_leaves_them_out_and_can_be_resolved_afterwards()
    {
        var topic = await servers.CreateTopicAsync(1, Token);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"letters-{topic}");
        using var log = new OrderLog(servers.Kafka, topic);
        var orders = Enumerable.Range(0, 10).Select(_ => Orders.NewId()).ToArray();
        log.Unreadable(orders[0]);
        log.Cancel(orders[0]);
        log.Unreadable(orders[1]);
        log.Cancel(orders[1]);
        Produce(log, orders, 2, 10);
        var letters = await Eventually.GetAsync(() => LettersAsync(analytics), found => found.Count == 4);
        await using (var connection = new NpgsqlConnection(analytics.ConnectionString))
        {
            await connection.OpenAsync(Token);
            var admin = new DeadLetterAdmin(connection);
            Assert.True(await admin.DiscardAsync(long.Parse(letters[2]), "a test", "tester", TimeProvider.System.GetUtcNow(), Token));
            await admin.RedriveAsync(new DeadLetterFilter(Key: $"{orders[1]}"), "tester", TimeProvider.System.GetUtcNow(), Token);
        }

        // All but the event behind the one that waits; with the one that was discarded.
        await Eventually.GetAsync(
            () => analytics.QueryAsync("SELECT id FROM messaging.dead_letters WHERE state = 'redriven'"), redriven => redriven.Count == 1);
        await CaughtUpAsync(analytics, log.Events);
        var before = await analytics.ReadModelAsync();

        var (exitCode, lines) = await analytics.RebuildAsync();

        NotFailed(lines);
        Assert.Equal(ExitCode.Done, exitCode);
        Assert.Equal(3, Assert.IsType<RebuildResult>(lines[^1]).DeadLetters);
        Assert.Equal(before, await analytics.ReadModelAsync());
        Assert.Equal(letters, await LettersAsync(analytics));

        // Its key is still parked: what comes now waits behind it.
        log.Cancel(orders[0]);
        log.Flush();
        await Eventually.GetAsync(() => LettersAsync(analytics), found => found.Count == 5);
    }

    [Fact]
    public async Task What_comes_for_a_parked_key_while_the_service_is_stopped_waits_behind_it_after_the_rebuild()
    {
        var topic = await servers.CreateTopicAsync(1, Token);
        using var log = new OrderLog(servers.Kafka, topic);
        var parked = Orders.NewId();
        await using var stopped = await AnalyticsHost.StartAsync(servers, topic, $"behind-{topic}");
        log.Unreadable(parked);
        log.Flush();
        await Eventually.GetAsync(() => LettersAsync(stopped), found => found.Count == 1);
        await stopped.StopAsync();
        log.Cancel(parked);
        Produce(log, [Orders.NewId()], 0, 1);

        var (_, lines) = await stopped.RebuildAsync();

        NotFailed(lines);
        Assert.Equal(2, Assert.IsType<RebuildResult>(lines[^1]).DeadLetters);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"behind-{topic}", stopped.ConnectionString);
        await Eventually.GetAsync(() => LettersAsync(analytics), found => found.Count == 2);
        await CaughtUpAsync(analytics, log.Events - 1);
        Assert.Empty(await analytics.QueryAsync($"SELECT order_id FROM orders WHERE order_id = '{parked}'"));
    }

    [Fact]
    public async Task An_event_that_cant_be_applied_stops_it_by_name_and_changes_nothing()
    {
        var topic = await servers.CreateTopicAsync(1, Token);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"stopped-{topic}");
        using var log = new OrderLog(servers.Kafka, topic);
        var orders = Enumerable.Range(0, 5).Select(_ => Orders.NewId()).ToArray();
        log.Unreadable(orders[0]);
        Produce(log, orders, 1, 5);
        await CaughtUpAsync(analytics, log.Events);
        await Eventually.GetAsync(() => LettersAsync(analytics), found => found.Count == 1);
        await analytics.QueryAsync("DELETE FROM messaging.dead_letters");
        var before = await analytics.ReadModelAsync();

        var (exitCode, lines) = await analytics.RebuildAsync();

        Assert.Equal(ExitCode.Refused, exitCode);
        Assert.Contains($"{topic}[0]@0", Assert.IsType<TaskFailure>(lines[^1]).Message, StringComparison.Ordinal);
        Assert.Equal(before, await analytics.ReadModelAsync());
        Assert.Empty(await analytics.QueryAsync("SELECT nspname FROM pg_namespace WHERE nspname = 'rebuild'"));
    }

    [Fact]
    public async Task A_rebuild_whose_session_is_ended_while_the_group_pauses_says_so_and_ends_the_pause()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var topic = await servers.CreateTopicAsync(2, Token);
        var group = $"ended-{topic}";
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, group);
        using var log = new OrderLog(servers.Kafka, topic);
        Produce(log, [.. Enumerable.Range(0, 5).Select(_ => Orders.NewId())], 0, 5);
        await CaughtUpAsync(analytics, log.Events);

        // A member that does not leave: the pause waits for it.
        using var member = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers.Kafka,
            GroupId = group,
            EnableAutoCommit = false,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
        }).Build();
        member.Subscribe(topic);
        await Eventually.TrueAsync(() => Task.FromResult(member.Consume(TimeSpan.Zero) is null && member.MemberId.Length > 0));
        var rebuilding = analytics.RebuildAsync();

        await Eventually.GetAsync(
            () => analytics.QueryAsync(
                """
                SELECT pg_terminate_backend(pid)::text FROM pg_locks JOIN pg_database ON pg_database.oid = database
                WHERE locktype = 'advisory' AND datname = current_database()
                    AND EXISTS (SELECT FROM messaging.consumer_groups WHERE paused_until > now())
                """),
            ended => ended.Contains("true"));
        member.Close();
        var (exitCode, lines) = await rebuilding;

        Assert.Equal(ExitCode.Unreachable, exitCode);
        Assert.IsType<TaskFailure>(lines[^1]);
        Assert.Equal(
            ["0"], await analytics.QueryAsync("SELECT count(*)::text FROM messaging.consumer_groups WHERE paused_until > now()"));
    }

    [Fact]
    public async Task Two_rebuilds_at_once_and_a_database_of_another_version_are_refused()
    {
        var topic = await servers.CreateTopicAsync(1, Token);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"refused-{topic}");
        using var log = new OrderLog(servers.Kafka, topic);
        Produce(log, [Orders.NewId()], 0, 1);
        await CaughtUpAsync(analytics, log.Events);
        await using var another = new NpgsqlConnection(analytics.ConnectionString);
        await another.OpenAsync(Token);
        Assert.True(await new GroupAdmin(another).TryClaimAsync(Token));
        Assert.Contains("is already running", await RefusalAsync(analytics), StringComparison.Ordinal);

        await another.CloseAsync();
        NpgsqlConnection.ClearPool(another);
        await analytics.QueryAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0.0')");
        Assert.Contains("newer", await RefusalAsync(analytics), StringComparison.Ordinal);
        await analytics.QueryAsync("DELETE FROM \"__EFMigrationsHistory\"");
        Assert.Contains("older", await RefusalAsync(analytics), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_whose_tables_of_messaging_are_older_is_refused()
    {
        var topic = await servers.CreateTopicAsync(1, Token);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"older-{topic}");
        await analytics.QueryAsync("DELETE FROM messaging.schema_versions");

        Assert.Contains("older", await RefusalAsync(analytics), StringComparison.Ordinal);
    }

    private static void NotFailed(List<TaskLine> lines)
    {
        if (lines.OfType<TaskFailure>().FirstOrDefault() is { } failure)
        {
            Assert.Fail(failure.Message);
        }
    }

    private static async Task<string> RefusalAsync(AnalyticsHost analytics)
    {
        var (exitCode, lines) = await analytics.RebuildAsync();
        Assert.Equal(ExitCode.Refused, exitCode);
        return Assert.IsType<TaskFailure>(lines[^1]).Message;
    }

    private static void Produce(OrderLog log, Guid[] orders, int from, int to)
    {
        for (var number = from; number < to; number++)
        {
            log.Order(orders[number], number);
        }

        log.Flush();
    }

    /// <summary>Orders come while the rebuild runs; says how many there are in the end.</summary>
    private static async Task<int> FlowAsync(OrderLog log, Guid[] orders, CancellationToken stop)
    {
        var number = 2_000;
        while (!stop.IsCancellationRequested && number < orders.Length)
        {
            log.Order(orders[number], number);
            number++;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Token);
        }

        log.Flush();
        return number;
    }

    private static Task CaughtUpAsync(AnalyticsHost analytics, int events) => Eventually.GetAsync(
        () => analytics.QueryAsync($"SELECT count(*) FROM messaging.inbox"),
        count => count is [var only] && only == $"{events}",
        TimeSpan.FromSeconds(60));

    private static Task<List<string>> LettersAsync(AnalyticsHost analytics) =>
        analytics.QueryAsync("SELECT id FROM messaging.dead_letters ORDER BY id");

    private static Task<List<string>> IdsAsync(AnalyticsHost analytics) =>
        analytics.QueryAsync("SELECT identity FROM messaging.inbox ORDER BY identity");

    private static Task<List<string>> IndexesAsync(AnalyticsHost analytics) =>
        analytics.QueryAsync("SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'messaging') ORDER BY indexdef");
}
