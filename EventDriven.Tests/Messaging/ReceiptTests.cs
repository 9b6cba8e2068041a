using System.CommandLine;
using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Topics;
using EventDriven.Contracts;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Receipts;
using EventDriven.Messaging.Telemetry;
using EventDriven.Tests.Cli;
using EventDriven.Tests.Messaging.Host;
using Microsoft.Extensions.DependencyInjection;
using Receipt = EventDriven.Contracts.Receipts.Receipt;

namespace EventDriven.Tests.Messaging;

/// <summary>What a group tells about the events that it handled (law L8), on a real broker.</summary>
public sealed class ReceiptTests(Servers servers) : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Assert.Equal(
        ExitCode.Done,
        await CommandLine.RunAsync(
            new RootCommand { TopicsCommand.Create(Asked.Nobody) },
            ["topics", "apply", "--yes", "--because", "a test", "--kafka", servers.Kafka], Token));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void The_library_and_the_contracts_name_the_same_topic_and_event() =>
        Assert.Equal((Topics.Receipts.Name, EventTypes.EventsHandled), (new ReceiptOptions().Topic, ReceiptLog.EventType));

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Each_attempt_that_ends_is_told_with_its_outcome(bool batches, bool offsetsInDatabase)
    {
        var failures = 0;
        var options = await OptionsAsync() with
        {
            Batches = batches,
            OffsetsInDatabase = offsetsInDatabase,
            Behaviour = (context, _) => context.Data.Key == "unlucky" && Interlocked.Increment(ref failures) == 1
                ? throw new InvalidOperationException("The handler fails once.")
                : Task.CompletedTask,
        };
        await using var service = await NoteService.StartAsync(options, Token);
        var before = TimeProvider.System.GetUtcNow().AddMilliseconds(-1);
        var again = Records.Of(new Noted("again", 1));
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("unlucky", 1)), again], Token);
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 2);
        await Records.ProduceAsync(options.Kafka, options.Topic, [again], Token);

        var receipts = await Eventually.GetAsync(() => Task.FromResult(Receipts(options)), told => told.Count == 4);
        var after = TimeProvider.System.GetUtcNow().AddMilliseconds(1);
        Assert.Equal([("failed", 1), ("handled", 2)], receipts.Where(r => r.Key == "unlucky").Select(r => (r.Outcome, r.Attempts)));
        Assert.Equal([("handled", 1), ("duplicate", 1)], receipts.Where(r => r.Key == "again").Select(r => (r.Outcome, r.Attempts)));
        Assert.All(receipts, receipt =>
        {
            Assert.Equal((options.Topic, Noted.Type), (receipt.Topic, receipt.Type));
            Assert.InRange(receipt.EventTime, before, after);
            Assert.InRange(receipt.Time, receipt.EventTime, after);
            Assert.InRange(receipt.Milliseconds, 0, (after - before).TotalMilliseconds);
        });
        Assert.Equal(2, receipts.DistinctBy(r => r.EventId).Count());
    }

    [Fact]
    public async Task A_dead_letter_what_stands_behind_it_and_its_redrive_are_told_with_the_attempts_added_up()
    {
        var broken = true;
        var options = await OptionsAsync() with
        {
            Behaviour = (context, _) => broken && context.Data.Number == 1
                ? throw new InvalidOperationException("It is broken.")
                : Task.CompletedTask,
        };
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1)), Records.Of(new Noted("a", 2))], Token);
        await Eventually.TrueAsync(() => Receipts(options).Count(r => r.Outcome is "parked" or "behind") == 2);

        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await admin.RedriveAsync(new DeadLetterFilter(Key: "a"), "test", TimeProvider.System.GetUtcNow(), Token);
        await Eventually.TrueAsync(() => Receipts(options).Count(r => r.Outcome == "parked") == 2);
        broken = false;
        await admin.RedriveAsync(new DeadLetterFilter(Key: "a"), "test", TimeProvider.System.GetUtcNow(), Token);

        var receipts = await Eventually.GetAsync(
            () => Task.FromResult(Receipts(options)), told => told.Count(r => r.Outcome == "redriven") == 2);
        var events = receipts.GroupBy(r => r.EventId).Select(e => string.Join(' ', e.Select(r => $"{r.Outcome}:{r.Attempts}")));
        Assert.Equal(
            [
                "failed:1 failed:2 failed:3 failed:4 failed:5 parked:5 failed:6 failed:7 failed:8 failed:9 failed:10 parked:10 redriven:11",
                "behind:0 redriven:1",
            ],
            events);
    }

    /// <summary>What is told when a service stops is sent too, so that nothing after its end is nothing at all.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_told_unless_it_is_asked_for(bool asked)
    {
        var options = await OptionsAsync() with { Receipts = asked };
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);
            await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);
        }

        Assert.Equal(asked ? 1 : 0, Receipts(options).Count);
    }

    [Fact]
    public async Task Events_of_the_receipts_topic_get_no_receipts()
    {
        var options = await OptionsAsync() with { Topic = new ReceiptOptions().Topic };
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);
            await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);
        }

        Assert.Empty(Receipts(options));
    }

    [Fact]
    public async Task A_broker_that_takes_no_receipts_delays_no_event_and_what_is_dropped_is_counted()
    {
        const int Events = 300;

        // Nothing listens there.
        var options = await OptionsAsync() with { ReceiptsKafka = "127.0.0.1:1" };
        using var dropped = new Metered("messaging.receipts.dropped", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);

        await Records.ProduceAsync(
            options.Kafka, options.Topic, Enumerable.Range(0, Events).Select(n => Records.Of(new Noted($"key-{n % 20}", n))), Token);
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == Events);

        await Eventually.TrueAsync(() => dropped.Counted == Events);
        Assert.Empty(Receipts(options));
    }

    [Fact]
    public void What_finds_no_room_in_the_queue_is_dropped_at_once_and_counted()
    {
        using var services = new ServiceCollection().AddMetrics()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<MessagingMetrics>()
            .BuildServiceProvider();
        using var dropped = new Metered("messaging.receipts.dropped", "full");
        var queue = new ReceiptQueue(services.GetRequiredService<MessagingMetrics>());

        for (var receipt = 0; receipt < ReceiptQueue.Capacity + 7; receipt++)
        {
            queue.Add(new EventDriven.Messaging.Receipts.Receipt { Group = "full" });
        }

        Assert.Equal((ReceiptQueue.Capacity, 7L), (queue.Waiting.Count, dropped.Counted));
    }

    private async Task<NoteServiceOptions> OptionsAsync() =>
        await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with { Receipts = true };

    /// <summary>What the group has told so far, as a consumer reads it.</summary>
    private static List<Receipt> Receipts(NoteServiceOptions options) =>
    [
        .. Records.ReadAll(options.Kafka, new ReceiptOptions().Topic, Topics.Receipts.Partitions)
            .Select(record => (Envelope: KafkaBinding.Read(record.Message).Envelope, record.Message.Value))
            .Where(record => record.Envelope.Subject == options.Group && record.Envelope.Type == EventTypes.EventsHandled)
            .SelectMany(record => JsonSerializer.Deserialize(record.Value, ContractsJson.Default.EventsHandled)!.Receipts),
    ];
}
