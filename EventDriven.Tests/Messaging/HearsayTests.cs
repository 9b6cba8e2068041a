using Confluent.Kafka;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;

namespace EventDriven.Tests.Messaging;

/// <summary>
/// A topic that a group reads as hearsay: what can't be read or applied is dropped and counted, and holds up nothing (law L8).
/// </summary>
public sealed class HearsayTests(Servers servers)
{
    private const int Bad = 30;
    private const int Broken = 13;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task What_can_not_be_read_or_applied_is_dropped_and_counted_and_holds_up_nothing(bool batches, bool offsetsInDatabase)
    {
        var options = await OptionsAsync() with { Batches = batches, OffsetsInDatabase = offsetsInDatabase, Log = new LoggedLines() };
        using var dropped = new Metered("messaging.client.dropped.messages", options.Group!);
        using var halted = new Metered("messaging.consumer.halted", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);

        // One key, so that each stands behind all before it.
        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [
                .. Enumerable.Range(0, Bad).Select(_ => Poison("a")),
                Records.Of(new Noted("a", 1)),
                Records.Of(new Noted("a", Broken)),
                Records.Of(new Noted("a", 2)),
            ],
            Token);

        var effects = await Eventually.GetAsync(service.EffectsAsync, e => e.Count == 2);
        Assert.Equal([1, 2], effects.Select(e => e.Number));
        await Eventually.TrueAsync(() => dropped.Counted == Bad + 1);
        Assert.Equal(0, halted.Gauge());
        Assert.Equal(0L, await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters"));
        Assert.Single(options.Log.Lines, line => line.Contains("is hearsay and was dropped", StringComparison.Ordinal) && line.Contains(
            "Others like it", StringComparison.Ordinal));
        if (offsetsInDatabase)
        {
            Assert.Equal((long)Bad + 3, await service.QueryAsync("SELECT next_offset FROM messaging.consumer_offsets"));
        }
    }

    [Fact]
    public async Task Keys_that_were_parked_when_the_topic_was_no_hearsay_yet_are_freed()
    {
        var options = await OptionsAsync() with { OffsetsInDatabase = true };
        await using (var before = await NoteService.StartAsync(options with { Hearsay = false }, Token))
        {
            await Records.ProduceAsync(
                options.Kafka, options.Topic, [Poison("a"), Records.Of(new Noted("a", 1)), Records.Of(new Noted("a", 2))], Token);
            await Eventually.TrueAsync(async () =>
                await before.QueryAsync("SELECT count(*) FROM messaging.dead_letters WHERE state = 'parked'") is 3L);
        }

        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 3))], Token);

        await Eventually.TrueAsync(async () => await service.EffectsAsync() is [{ Number: 3 }]);
        await using var database = await options.OpenDatabaseAsync(Token);
        var letters = await new DeadLetterAdmin(database).ListAsync(new DeadLetterFilter(), includeResolved: true, 10, Token);
        Assert.Equal(3, letters.Count);
        Assert.All(letters, letter => Assert.Equal(
            (DeadLetterState.Discarded, "hearsay: what cannot be applied is dropped", $"group {options.Group}"),
            (letter.State, letter.Note, letter.ChangedBy)));
    }

    [Fact]
    public async Task It_is_not_missed_by_a_reconciliation_and_no_obstacle_to_a_rehearsal()
    {
        var options = await OptionsAsync();
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, [Poison("a"), Records.Of(new Noted("a", Broken)), Records.Of(new Noted("a", 1))], Token);
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);

        var report = await options.ReconcileAsync();
        var (exitCode, lines) = await service.TaskAsync("rehearse", "--group", options.Group!, "--from", "beginning", "--allow-effects");

        Assert.Equal((0, false), (report.Published, report.IsWrong));
        Assert.Equal(ExitCode.Done, exitCode);
        var rehearsed = Assert.IsType<RehearsalResult>(lines[^1]);
        Assert.Equal((3, 1, 2), (rehearsed.Records, rehearsed.Applied, rehearsed.PassedOver));
    }

    private async Task<NoteServiceOptions> OptionsAsync() => await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
    {
        Hearsay = true,
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Messaging:DeadLetters:MinFailures"] = "5" },
        Behaviour = (context, _) => context.Data.Number == Broken ? throw new InvalidOperationException("broken") : Task.CompletedTask,
    };

    private static Message<byte[], byte[]> Poison(string key)
    {
        var record = Records.Of(new Noted(key, 0));
        record.Value = "nothing"u8.ToArray();
        return record;
    }
}
