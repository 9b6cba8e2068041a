using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Operations.Reconciliation;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.KafkaEmulator;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;

namespace EventDriven.Tests.Analytics;

/// <summary>Law L10: a log that doesn't reach back to the read model's beginning replaces nothing that nobody meant to lose.</summary>
public sealed class RebuildLossTests(Servers servers)
{
    // Each order of these tests has four.
    private const int EventsAnOrder = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_model_that_was_made_from_another_cluster_too_is_refused_with_what_would_be_lost()
    {
        var (topic, database) = await OnFormerClusterAsync(orders: 3);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"moved-{topic}", database);
        Produce(servers.Kafka, topic, orders: 2);
        await CaughtUpAsync(analytics, 5 * EventsAnOrder);
        var before = await analytics.ReadModelAsync();

        var (exitCode, lines) = await analytics.RebuildAsync();

        Assert.Equal(ExitCode.Refused, exitCode);
        var refusal = Assert.IsType<RebuildRefusal>(lines[^2]);
        Assert.Equal((new TableRows(5, 2), new TableRows(10, 4)), (refusal.Tables["orders"], refusal.Tables["ordered_items"]));
        Assert.Equal(3 * EventsAnOrder, refusal.LostEvents);
        var told = Assert.IsType<TaskFailure>(lines[^1]).Message;
        Assert.Contains($"{topic} was also read from another cluster, 'former'", told, StringComparison.Ordinal);
        Assert.Contains("orders: 5 row(s) now, 2 after it", told, StringComparison.Ordinal);
        Assert.Contains("--allow-loss", told, StringComparison.Ordinal);
        Assert.Equal(before, await analytics.ReadModelAsync());
    }

    [Fact]
    public async Task A_loss_that_is_meant_is_shown_and_from_then_on_the_read_model_rests_on_this_log()
    {
        var (topic, database) = await OnFormerClusterAsync(orders: 3);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"moved-{topic}", database);
        Produce(servers.Kafka, topic, orders: 2);
        await CaughtUpAsync(analytics, 5 * EventsAnOrder);

        var meant = await RebuiltAsync(analytics, "--allow-loss");

        Assert.Equal((new TableRows(5, 2), 3 * EventsAnOrder), (meant.Tables["orders"], meant.LostEvents));
        Assert.Contains("'former'", Assert.Single(meant.Lost), StringComparison.Ordinal);
        var again = await RebuiltAsync(analytics);
        Assert.Equal((new TableRows(2, 2), 0), (again.Tables["orders"], again.LostEvents));
        Assert.Empty(again.Lost);
        Assert.Contains(
            "--allow-loss was not needed", Assert.Single((await RebuiltAsync(analytics, "--allow-loss")).Notes), StringComparison.Ordinal);
    }

    /// <summary>The orders that only the former log had are told before a rebuild has lost them, and after it.</summary>
    [Fact]
    public async Task A_reconciliation_tells_what_only_a_former_log_had_and_what_a_rebuild_has_left_out()
    {
        var (topic, database) = await OnFormerClusterAsync(orders: 3);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"moved-{topic}", database);
        Produce(servers.Kafka, topic, orders: 2);
        await CaughtUpAsync(analytics, 5 * EventsAnOrder);
        var orders = new ReadModelKey($"moved-{topic}", topic, EventTypes.OrderPlaced, "SELECT order_id::text, placed_at FROM orders");
        await analytics.QueryAsync($"DROP VIEW read_model_keys; {ReadModelKeys.Create([orders])}");

        var before = await ReconcileAsync(analytics);
        Assert.Equal(
            (true, 0L, 0L, 3L),
            (before.IsWrong, before.Count(EventFate.Missing), before.ReadModel!.WithoutRow, before.ReadModel.WithoutEvent));
        Assert.All(before.ReadModel.FirstWithoutEvent, key => Assert.Equal(EventTypes.OrderPlaced, key.EventType));

        await RebuiltAsync(analytics, "--allow-loss");
        var after = await ReconcileAsync(analytics);
        Assert.Equal((false, "former", topic), (after.IsWrong, Assert.Single(after.LeftOut).Cluster, after.LeftOut[0].Topic));
    }

    [Fact]
    public async Task A_cluster_of_which_nothing_was_read_is_no_loss()
    {
        var (topic, database) = await OnFormerClusterAsync(orders: 0);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"moved-{topic}", database);
        Produce(servers.Kafka, topic, orders: 2);
        await CaughtUpAsync(analytics, 2 * EventsAnOrder);

        var result = await RebuiltAsync(analytics);

        Assert.Equal(new TableRows(2, 2), result.Tables["orders"]);
        Assert.Empty(result.Lost);
    }

    [Fact]
    public async Task Events_that_the_inbox_knows_and_the_log_lacks_are_refused_though_nobody_has_recorded_why()
    {
        var (topic, database) = await OnFormerClusterAsync(orders: 1);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"moved-{topic}", database);
        Produce(servers.Kafka, topic, orders: 2);
        await CaughtUpAsync(analytics, 3 * EventsAnOrder);
        await analytics.QueryAsync("DELETE FROM messaging.consumer_logs");
        var before = await analytics.ReadModelAsync();

        var (exitCode, lines) = await analytics.RebuildAsync();

        Assert.Equal(ExitCode.Refused, exitCode);
        var refusal = Assert.IsType<RebuildRefusal>(lines[^2]);
        Assert.Equal((EventsAnOrder, new TableRows(3, 2)), (refusal.LostEvents, refusal.Tables["orders"]));
        Assert.Empty(refusal.Lost);
        Assert.Equal(before, await analytics.ReadModelAsync());

        // The group goes on.
        Produce(servers.Kafka, topic, orders: 1);
        await CaughtUpAsync(analytics, 4 * EventsAnOrder);
        Assert.Equal(new TableRows(4, 3), (await RebuiltAsync(analytics, "--allow-loss")).Tables["orders"]);
    }

    [Fact]
    public async Task A_log_whose_beginning_was_deleted_is_refused_with_what_would_be_lost()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator deletes nothing.");
        var topic = await servers.CreateTopicAsync(1, Token);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"gone-{topic}");
        Produce(servers.Kafka, topic, orders: 2);
        await CaughtUpAsync(analytics, 2 * EventsAnOrder);
        await DeleteBeginningAsync(topic, EventsAnOrder);

        var (exitCode, lines) = await analytics.RebuildAsync();

        Assert.Equal((ExitCode.Refused, EventsAnOrder), (exitCode, Assert.IsType<RebuildRefusal>(lines[^2]).LostEvents));
        Assert.Contains(
            $"{topic} has lost its beginning: 4 record(s)", Assert.IsType<TaskFailure>(lines[^1]).Message, StringComparison.Ordinal);
        Assert.Equal(new TableRows(2, 1), (await RebuiltAsync(analytics, "--allow-loss")).Tables["orders"]);

        // From then on the read model begins there.
        Assert.Empty((await RebuiltAsync(analytics)).Lost);
    }

    [Fact]
    public async Task What_was_gone_before_the_group_began_to_read_is_no_loss()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator deletes nothing.");
        var topic = await servers.CreateTopicAsync(1, Token);
        Produce(servers.Kafka, topic, orders: 2);
        await DeleteBeginningAsync(topic, EventsAnOrder);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"later-{topic}");
        await CaughtUpAsync(analytics, EventsAnOrder);

        var result = await RebuiltAsync(analytics);

        Assert.Equal(new TableRows(1, 1), result.Tables["orders"]);
        Assert.Empty(result.Lost);
    }

    [Fact]
    public async Task A_topic_that_was_made_anew_is_read_from_its_beginning_and_refused_as_the_whole_log()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator deletes nothing.");
        var topic = await servers.CreateTopicAsync(1, Token);
        string database;
        await using (var before = await AnalyticsHost.StartAsync(servers, topic, $"anew-{topic}"))
        {
            Produce(servers.Kafka, topic, orders: 3);
            await CaughtUpAsync(before, 3 * EventsAnOrder);
            database = before.ConnectionString;
        }

        await MakeAnewAsync(topic);
        Produce(servers.Kafka, topic, orders: 1);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"anew-{topic}", database);

        // Its offsets were beyond the end of this one.
        await CaughtUpAsync(analytics, 4 * EventsAnOrder);
        var (exitCode, lines) = await analytics.RebuildAsync();
        Assert.Equal(ExitCode.Refused, exitCode);
        Assert.Equal(new TableRows(4, 1), Assert.IsType<RebuildRefusal>(lines[^2]).Tables["orders"]);
        Assert.Contains($"{topic} was deleted and created again", Assert.IsType<TaskFailure>(lines[^1]).Message, StringComparison.Ordinal);
        Assert.Equal(new TableRows(4, 1), (await RebuiltAsync(analytics, "--allow-loss")).Tables["orders"]);
    }

    [Fact]
    public async Task A_topic_that_was_made_anew_while_the_service_is_stopped_is_refused_and_switched_to_when_that_is_meant()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator deletes nothing.");
        var topic = await servers.CreateTopicAsync(1, Token);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"anew-{topic}");
        Produce(servers.Kafka, topic, orders: 3);
        await CaughtUpAsync(analytics, 3 * EventsAnOrder);
        await analytics.StopAsync();
        await MakeAnewAsync(topic);
        Produce(servers.Kafka, topic, orders: 1);

        Assert.Equal(ExitCode.Refused, (await analytics.RebuildAsync()).ExitCode);
        Assert.Equal(new TableRows(3, 1), (await RebuiltAsync(analytics, "--allow-loss")).Tables["orders"]);
        Produce(servers.Kafka, topic, orders: 1);
        await using var next = await AnalyticsHost.StartAsync(servers, topic, $"anew-{topic}", analytics.ConnectionString);
        await CaughtUpAsync(next, 2 * EventsAnOrder);
    }

    [Fact]
    public async Task Hearsay_that_is_gone_is_shown_and_refuses_nothing()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator deletes nothing.");
        var (topic, hearsay) = (await servers.CreateTopicAsync(1, Token), await servers.CreateTopicAsync(1, Token));
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"hearsay-{topic}", hearsay: hearsay);
        Produce(servers.Kafka, hearsay, orders: 1);
        await CaughtUpAsync(analytics, EventsAnOrder);
        Produce(servers.Kafka, hearsay, orders: 1);
        Produce(servers.Kafka, topic, orders: 1);
        await CaughtUpAsync(analytics, 3 * EventsAnOrder);
        await DeleteBeginningAsync(hearsay, EventsAnOrder);

        var result = await RebuiltAsync(analytics);

        Assert.Equal(new TableRows(3, 2), result.Tables["orders"]);
        Assert.StartsWith($"{hearsay} has lost its beginning", Assert.Single(result.Lost), StringComparison.Ordinal);
        Assert.Contains($"{EventsAnOrder} event(s) that were applied earlier", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    /// <summary>Orders on a cluster that is replaced afterwards; its topic is on the present cluster too, and empty.</summary>
    private async Task<(string Topic, string Database)> OnFormerClusterAsync(int orders)
    {
        var topic = await servers.CreateTopicAsync(1, Token);
        await using var former = await EmulatorProcess.StartAsync((topic, 1));
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"moved-{topic}", former: former.BootstrapServers);
        Produce(former.BootstrapServers, topic, orders);
        await CaughtUpAsync(analytics, orders * EventsAnOrder);
        await Eventually.GetAsync(() => analytics.QueryAsync("SELECT cluster FROM messaging.consumer_logs"), logs => logs is ["former"]);
        return (topic, analytics.ConnectionString);
    }

    private static void Produce(string kafka, string topic, int orders)
    {
        using var log = new OrderLog(kafka, topic);
        for (var number = 1; number <= orders; number++)
        {
            log.Order(Orders.NewId(), number);
        }

        log.Flush();
    }

    private async Task DeleteBeginningAsync(string topic, int records)
    {
        using var admin = Admin();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(topic, 0, records)]);
    }

    private async Task MakeAnewAsync(string topic)
    {
        using var admin = Admin();
        await admin.DeleteTopicsAsync([topic]);
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = 1, ReplicationFactor = 1 }]);
                return true;
            }
            catch (CreateTopicsException exception) when (exception.Results[0].Error.Code == ErrorCode.TopicAlreadyExists)
            {
                // The broker is still deleting the old one.
                return false;
            }
        });
    }

    private IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers.Kafka }).Build();

    private static async Task<RebuildResult> RebuiltAsync(AnalyticsHost analytics, params string[] options)
    {
        var (exitCode, lines) = await analytics.RebuildAsync(options);
        if (lines[^1] is TaskFailure failure)
        {
            Assert.Fail(failure.Message);
        }

        Assert.Equal(ExitCode.Done, exitCode);
        return Assert.IsType<RebuildResult>(lines[^1]);
    }

    private async Task<GroupReport> ReconcileAsync(AnalyticsHost analytics) => Assert.Single(
        (await Reconciling.ReconcileAsync(
            servers.Kafka, [analytics.ConnectionString], TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1))).Groups);

    private static Task CaughtUpAsync(AnalyticsHost analytics, int events) => Eventually.GetAsync(
        () => analytics.QueryAsync("SELECT count(*) FROM messaging.inbox"),
        count => count is [var only] && only == $"{events}",
        TimeSpan.FromSeconds(60));
}
