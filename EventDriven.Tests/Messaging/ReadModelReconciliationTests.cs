using Confluent.Kafka;
using EventDriven.Messaging.Operations.Reconciliation;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging;

/// <summary>What a read model has is compared with the log, both ways (law L8): on real servers, beside running consumers.</summary>
public sealed class ReadModelReconciliationTests(Servers servers)
{
    private const string Effects = "SELECT DISTINCT key, NULL::timestamptz FROM effects";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_that_tells_no_keys_is_not_compared()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await HandledAsync(options, service, "a");

        Assert.Null((await options.ReconcileAsync()).ReadModel);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_read_model_that_is_written_meanwhile_gives_no_alarm_at_any_moment(bool offsetsInDatabase)
    {
        const int Events = 4_000;
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { OffsetsInDatabase = offsetsInDatabase, Batches = true };
        await using var service = await NoteService.StartAsync(options, Token);
        await HandledAsync(options, service, "first");
        await DeclareAsync(options, service, Effects);
        var producing = Task.Run(
            () => Records.ProduceAsync(
                options.Kafka, options.Topic, Enumerable.Range(0, Events).Select(n => Records.Of(new Noted($"key-{n}", n))), Token),
            Token);

        var reports = 0;
        do
        {
            var report = await options.ReconcileAsync();
            Assert.Equal((false, 0L, 0L), (report.IsWrong, report.ReadModel!.WithoutRow, report.ReadModel.WithoutEvent));
            reports++;
        }
        while (!producing.IsCompleted);
        await producing;

        Assert.True(reports > 2, $"{reports} reports");
        var last = await Eventually.GetAsync(() => options.ReconcileAsync(), found => found.Count(EventFate.Handled) == Events + 1);
        Assert.False(last.IsWrong);
    }

    [Fact]
    public async Task A_handled_event_whose_row_is_gone_is_wrong_also_when_the_table_is_empty()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await HandledAsync(options, service, "a", "b");
        await DeclareAsync(options, service, Effects);

        await service.QueryAsync("DELETE FROM effects WHERE key = 'b'");

        var report = await options.ReconcileAsync();
        Assert.Equal(
            (true, 0L, 1L, 0L),
            (report.IsWrong, report.Count(EventFate.Missing), report.ReadModel!.WithoutRow, report.ReadModel.WithoutEvent));
        Assert.Equal(new EventKey(Noted.Type, "b"), Assert.Single(report.ReadModel.FirstWithoutRow));

        await service.QueryAsync("DELETE FROM effects");
        Assert.Equal(2, (await options.ReconcileAsync()).ReadModel!.WithoutRow);
    }

    [Fact]
    public async Task A_row_of_which_a_whole_log_has_no_event_is_wrong()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await HandledAsync(options, service, "a");
        await DeclareAsync(options, service, Effects);

        await service.QueryAsync("INSERT INTO effects (key, number) VALUES ('from elsewhere', 1)");

        var report = await options.ReconcileAsync();
        Assert.Equal((true, 0L, 1L), (report.IsWrong, report.ReadModel!.WithoutRow, report.ReadModel.WithoutEvent));
        Assert.Equal(new EventKey(Noted.Type, "from elsewhere"), Assert.Single(report.ReadModel.FirstWithoutEvent));
    }

    [Fact]
    public async Task What_is_parked_or_discarded_or_in_flight_needs_no_row()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Behaviour = (context, _) => context.Data.Key == "b" ? throw new InvalidOperationException("never") : Task.CompletedTask,
        };
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await HandledAsync(options, service, "a");
            await DeclareAsync(options, service, Effects);
            await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("b", 1)), Records.Of(new Noted("b", 2))], Token);
            await Eventually.GetAsync(() => options.ReconcileAsync(), found => found.Count(EventFate.Parked) == 2);
            await service.QueryAsync(
                """
                WITH first AS (UPDATE messaging.dead_letters SET state = 'discarded' WHERE "offset" = 1 RETURNING "group", identity)
                INSERT INTO messaging.inbox ("group", identity, handled_at) SELECT "group", identity, now() FROM first
                """);
        }

        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("c", 1))], Token);

        var report = await options.ReconcileAsync();
        Assert.Equal((1, 1, 1), (report.Count(EventFate.Discarded), report.Count(EventFate.Parked), report.Count(EventFate.InFlight)));
        Assert.Equal((false, 0L, 0L), (report.IsWrong, report.ReadModel!.WithoutRow, report.ReadModel.WithoutEvent));
    }

    [Fact]
    public async Task Rows_of_facts_from_before_the_part_that_is_read_are_not_looked_for()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator doesn't look events up by time.");
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var service = await NoteService.StartAsync(options, Token);
        var old = Records.Of(new Noted("old", 1));
        old.Timestamp = new Timestamp(TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(3));
        await Records.ProduceAsync(options.Kafka, options.Topic, [old, Records.Of(new Noted("new", 2))], Token);
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 2);
        await service.QueryAsync("INSERT INTO effects (key, number) VALUES ('lately', 0), ('long ago', 0)");
        await DeclareAsync(
            options,
            service,
            "SELECT key, now() - CASE WHEN key IN ('old', 'long ago') THEN interval '3 hours' ELSE interval '30 minutes' END FROM effects");

        Assert.Equal("lately", Assert.Single((await options.ReconcileAsync(TimeSpan.FromHours(1))).ReadModel!.FirstWithoutEvent).Key);
        Assert.Equal(
            ["lately", "long ago"],
            (await options.ReconcileAsync(TimeSpan.FromHours(5))).ReadModel!.FirstWithoutEvent.Select(found => found.Key));

        // What retention has deleted had an event, too.
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = options.Kafka }).Build();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(options.Topic, 0, 1)]);
        Assert.Equal(0, (await options.ReconcileAsync(TimeSpan.FromHours(5))).ReadModel!.WithoutEvent);
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(options.Topic, 0, 2)]);
        Assert.Equal([options.Topic], (await options.ReconcileAsync(TimeSpan.FromHours(5))).ReadModel!.NotCompared);
    }

    private static async Task HandledAsync(NoteServiceOptions options, NoteService service, params string[] keys)
    {
        await Records.ProduceAsync(options.Kafka, options.Topic, keys.Select(key => Records.Of(new Noted(key, 1))), Token);
        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == keys.Length);
    }

    private static Task DeclareAsync(NoteServiceOptions options, NoteService service, string query) =>
        service.QueryAsync(ReadModelKeys.Create([new ReadModelKey(options.Group!, options.Topic, Noted.Type, query)]));
}
