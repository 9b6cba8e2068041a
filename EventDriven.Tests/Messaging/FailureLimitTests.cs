using EventDriven.Messaging;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging;

/// <summary>
/// A broken deployment stores no more dead letters than it may, reads little further and loses nothing;
/// repaired, it goes on by itself (law L8).
/// </summary>
public sealed class FailureLimitTests(Servers servers)
{
    private const int Keys = 40;
    private const int Limit = 5;

    private int _attempts;
    private int _late;
    private volatile bool _broken = true;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_stops_at_as_many_parked_keys_as_are_configured() =>
        await StopsAtTheLimitAsync(await BrokenAsync() with { MaxParkedKeys = Limit, MaxFailureRate = 1 });

    /// <summary>Lanes fail at the same time: what they store together must not be more either.</summary>
    [Fact]
    public async Task A_group_stops_at_as_many_failures_as_are_configured() => await StopsAtTheLimitAsync(await BrokenAsync() with
    {
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Messaging:DeadLetters:MinFailures"] = $"{Limit}" },
    });

    /// <summary>There a failing event holds up its partition, and more partitions than may fail are held up.</summary>
    [Fact]
    public async Task A_group_that_keeps_its_offsets_stops_and_goes_on_as_well() => await StopsAtTheLimitAsync(
        await BrokenAsync(partitions: 8) with
        {
            OffsetsInDatabase = true,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Messaging:DeadLetters:MinFailures"] = $"{Limit}" },
        },
        triedAtOnce: 1);

    /// <summary>They are their producer's fault: a group doesn't stop for them, and says so to whoever asks for the reason.</summary>
    [Fact]
    public async Task Contradictions_make_no_group_stop()
    {
        var options = await BrokenAsync() with
        {
            Behaviour = (context, _) => context.Data.Number == 2 ? throw new ContradictoryEventException() : Task.CompletedTask,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Messaging:DeadLetters:MinFailures"] = $"{Limit}" },
        };
        using var halted = new Metered("messaging.consumer.halted", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, Enumerable.Range(0, Keys).Select(key => Records.Of(new Noted($"key-{key}", 2))), Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var contradictory = new DeadLetterFilter(Reason: "contradictory");
        await Eventually.TrueAsync(async () =>
            (await new DeadLetterAdmin(database).ListAsync(contradictory, includeResolved: false, 100, Token)).Count == Keys);

        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("late", 1))], Token);

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()) is [{ Key: "late" }]);
        Assert.Equal(0, halted.Gauge());
    }

    private async Task<NoteServiceOptions> BrokenAsync(int partitions = 3) =>
        await NoteServiceOptions.CreateAsync(servers, Token, partitions) with
        {
            Behaviour = (context, _) =>
            {
                Interlocked.Increment(ref context.Data.Key == "late" ? ref _late : ref _attempts);
                return _broken ? throw new InvalidOperationException("broken") : Task.CompletedTask;
            },
        };

    private async Task StopsAtTheLimitAsync(NoteServiceOptions options, int triedAtOnce = Keys - Limit)
    {
        using var halted = new Metered("messaging.consumer.halted", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, Enumerable.Range(0, Keys).Select(key => Records.Of(new Noted($"key-{key}", 1))), Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await Eventually.TrueAsync(async () =>
            (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 100, Token)).Count == Limit);
        await Eventually.TrueAsync(() => halted.Gauge() == 1);

        // The others are tried again and again, each more often than is enough for a dead letter; what comes now is tried with them.
        await TriedAgainAsync(times: (new MessagingOptions().Retry.Attempts + 2) * triedAtOnce);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("late", 1))], Token);
        if (!options.OffsetsInDatabase)
        {
            await Eventually.TrueAsync(() => Volatile.Read(ref _late) > new MessagingOptions().Retry.Attempts + 2);
        }

        await TriedAgainAsync(times: 3 * triedAtOnce);
        Assert.Equal(Limit, (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 100, Token)).Count);

        _broken = false;
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == Keys - Limit + 1);
        await admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token);
        var effects = await Eventually.GetAsync(service.EffectsAsync, e => e.Count == Keys + 1);
        Assert.Equal(Keys + 1, effects.Select(e => e.Key).Distinct(StringComparer.Ordinal).Count());
    }

    private async Task TriedAgainAsync(int times)
    {
        var before = Volatile.Read(ref _attempts);
        await Eventually.TrueAsync(() => Volatile.Read(ref _attempts) > before + times);
    }
}
