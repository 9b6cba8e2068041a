using System.Collections.Concurrent;
using EventDriven.Messaging;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Messaging;

/// <summary>
/// A topic that pauses because too much fails goes on by itself, and as soon as an operator has done something about it (law L8).
/// </summary>
public sealed class HaltedTopicTests(Servers servers)
{
    private const int Limit = 5;
    private const int Bad = 40;

    // Longer than any test waits: whatever goes on within a test doesn't because of a probe.
    private const string Never = "00:10:00";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<bool> WhereOffsetsAre => [false, true];

    public static TheoryData<bool, bool> WhereAndHow => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    /// <summary>Hundreds within seconds, of keys of their own: their producer's fault, and nobody else's.</summary>
    [Theory]
    [MemberData(nameof(WhereOffsetsAre))]
    public async Task A_flood_of_unreadable_records_is_stored_and_stops_nothing(bool offsetsInDatabase)
    {
        const int Flood = 400;
        var options = await OptionsAsync(offsetsInDatabase) with { MaxParkedKeys = Limit };
        using var halted = new Metered("messaging.consumer.halted", options.Group!);
        using var deadLetters = new Metered("messaging.dead_letters", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);
        var flood = Enumerable.Range(0, Flood)
            .Select(n => n % 10 == 9 ? Records.Of(new Noted($"good-{n}", n)) : Records.Unreadable($"bad-{n}"));

        await Records.ProduceAsync(options.Kafka, options.Topic, flood, Token);

        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == Flood / 10);
        await Eventually.TrueAsync(async () =>
            await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters WHERE reason = 'unreadable'") is 360L);
        Assert.Equal(0, halted.Gauge());
        await Eventually.TrueAsync(() => deadLetters.Counted == 360);
    }

    /// <summary>Keys that nobody can read are parked, too, but leave room for those that fail.</summary>
    [Fact]
    public async Task Keys_of_unreadable_records_do_not_count_towards_the_limit()
    {
        var options = await OptionsAsync() with { MaxParkedKeys = 1, Behaviour = (context, _) => FailIf(context.Data.Key == "fails") };
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, [Records.Unreadable("a"), Records.Unreadable("b"), Records.Of(new Noted("b", 2))], Token);
        await Eventually.TrueAsync(async () => await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters") is 3L);

        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("fails", 1))], Token);

        await Eventually.TrueAsync(async () =>
            await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters WHERE reason = 'failed'") is 1L);
    }

    /// <summary>What was read when it halted fails for ever; what succeeds stands behind it on the log.</summary>
    [Theory]
    [MemberData(nameof(WhereOffsetsAre))]
    public async Task A_halted_topic_reads_what_comes_next_and_goes_on_when_that_succeeds(bool offsetsInDatabase)
    {
        var options = await OptionsAsync(offsetsInDatabase) with
        {
            Behaviour = (context, _) => FailIf(context.Data.Key.StartsWith("bad", StringComparison.Ordinal)),
        };
        using var halted = new Metered("messaging.consumer.halted", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, Notes("bad", Bad), Token);
        await Eventually.TrueAsync(() => halted.Gauge() == 1);

        await Records.ProduceAsync(options.Kafka, options.Topic, Notes("good", 100), Token);

        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 100, TimeSpan.FromSeconds(90));
        await Eventually.TrueAsync(() => halted.Gauge() == 0);
    }

    [Theory]
    [MemberData(nameof(WhereOffsetsAre))]
    public async Task A_repaired_handler_goes_on_by_itself(bool offsetsInDatabase)
    {
        var broken = true;
        var options = await OptionsAsync(offsetsInDatabase) with { Behaviour = (_, _) => FailIf(broken) };
        using var halted = new Metered("messaging.consumer.halted", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, Notes("note", 200), Token);
        await Eventually.TrueAsync(() => halted.Gauge() == 1);

        broken = false;

        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 200 - Limit);
        Assert.Equal(0, halted.Gauge());
    }

    /// <summary>Each probe reads a few records; nothing of what it tries becomes a dead letter.</summary>
    [Fact]
    public async Task While_it_is_halted_it_reads_little_and_stores_nothing()
    {
        var late = new HashSet<string>(StringComparer.Ordinal);
        var attempts = 0;
        var options = await OptionsAsync() with
        {
            Behaviour = (context, _) =>
            {
                Interlocked.Increment(ref attempts);
                lock (late)
                {
                    if (context.Data.Key.StartsWith("late", StringComparison.Ordinal))
                    {
                        late.Add(context.Data.Key);
                    }
                }

                return FailIf(fails: true);
            },
        };
        using var halted = new Metered("messaging.consumer.halted", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, Notes("bad", Bad), Token);
        await Eventually.TrueAsync(() => halted.Gauge() == 1);

        // What it had read already was tried at least twice since then: that is two probes and more.
        await Records.ProduceAsync(options.Kafka, options.Topic, Notes("late", 1_000), Token);
        var before = Volatile.Read(ref attempts);
        await Eventually.TrueAsync(() => Volatile.Read(ref attempts) > before + (2 * Bad));

        lock (late)
        {
            Assert.InRange(late.Count, 1, 500);
        }

        Assert.Equal((long)Limit, await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters"));
    }

    [Fact]
    public async Task What_fails_on_one_topic_stops_no_other_topic_of_the_group()
    {
        var failing = await servers.CreateTopicAsync(2, Token);
        var options = await OptionsAsync() with
        {
            OtherTopic = failing,
            Behaviour = (context, _) => FailIf(context.Delivery.Topic == failing),
        };
        using var halted = new Metered("messaging.consumer.halted", options.Group!, failing);
        using var goesOn = new Metered("messaging.consumer.halted", options.Group!, options.Topic);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, failing, Notes("bad", Bad), Token);
        await Eventually.TrueAsync(() => halted.Gauge() == 1);

        await Records.ProduceAsync(options.Kafka, options.Topic, Notes("good", 100), Token);

        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 100);
        Assert.Equal((1, 0), (halted.Gauge(), goesOn.Gauge()));
    }

    /// <summary>The probes never come: only the operator lets it go on.</summary>
    [Theory]
    [MemberData(nameof(WhereAndHow))]
    public async Task At_the_limit_of_parked_keys_it_goes_on_as_soon_as_an_operator_redrives_or_discards(
        bool offsetsInDatabase, bool discards)
    {
        var broken = true;
        var (log, attempted) = (new LoggedLines(), new Attempted());
        var options = await OptionsAsync(offsetsInDatabase) with
        {
            MaxParkedKeys = Limit,
            MaxFailureRate = 1,
            Settings = WithoutProbes,
            Log = log,
            ConsumerLogLevel = LogLevel.Debug,
            Behaviour = (context, _) => attempted.FailIf(context, broken),
        };
        using var halted = new Metered("messaging.consumer.halted", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, Notes("note", Bad), Token);
        await AllWaitAsync(options, log, attempted, service);
        Assert.Equal(1, halted.Gauge());
        broken = false;

        await ResolveAsync(options, discards, _ => true);

        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == (discards ? Bad - Limit : Bad));
        Assert.Equal(0, halted.Gauge());
    }

    /// <summary>The limit is the group's: what is resolved on one instance's partition makes room for another's.</summary>
    [Fact]
    public async Task At_the_limit_an_instance_goes_on_when_keys_of_another_instances_partition_are_resolved()
    {
        var broken = true;
        var (log, attempted) = (new LoggedLines(), new Attempted());
        var options = await OptionsAsync() with
        {
            MaxParkedKeys = Limit,
            MaxFailureRate = 1,
            Settings = WithoutProbes,
            Log = log,
            ConsumerLogLevel = LogLevel.Debug,
            Behaviour = (context, _) => attempted.FailIf(context, broken),
        };
        await using var one = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(() =>
            log.Lines.Any(line => line.Contains("was assigned 2 partition(s), 2 in all", StringComparison.Ordinal)));
        await using var other = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(() =>
            log.Lines.Any(line => line.Contains("was assigned 1 partition(s), 1 in all", StringComparison.Ordinal)));
        await Records.ProduceAsync(options.Kafka, options.Topic, Notes("note", Bad), Token);
        await AllWaitAsync(options, log, attempted, one);
        broken = false;

        var resolved = (int)(await one.QueryAsync("SELECT partition FROM messaging.dead_letters ORDER BY id LIMIT 1"))!;
        await ResolveAsync(options, discards: true, letter => letter.Partition == resolved);

        await Eventually.GetAsync(one.EffectsAsync, effects => effects.Count == Bad - Limit);
    }

    /// <summary>A handler that works again is what a halted topic waits for, wherever that shows.</summary>
    [Theory]
    [MemberData(nameof(WhereOffsetsAre))]
    public async Task A_topic_that_is_halted_by_failures_goes_on_as_soon_as_a_redrive_succeeds(bool offsetsInDatabase)
    {
        var broken = true;
        var (log, attempted) = (new LoggedLines(), new Attempted());
        var options = await OptionsAsync(offsetsInDatabase);
        options = options with
        {
            Log = log,
            ConsumerLogLevel = LogLevel.Debug,
            Settings = new Dictionary<string, string?>(options.Settings, StringComparer.Ordinal)
            {
                ["Messaging:DeadLetters:ProbeInterval"] = Never,
            },
            Behaviour = (context, _) => attempted.FailIf(context, broken),
        };
        using var halted = new Metered("messaging.consumer.halted", options.Group!);
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, Notes("note", Bad), Token);
        await AllWaitAsync(options, log, attempted, service);
        Assert.Equal(1, halted.Gauge());
        broken = false;

        await ResolveAsync(options, discards: false, _ => true);

        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == Bad);
        Assert.Equal(0, halted.Gauge());
    }

    private static Dictionary<string, string?> WithoutProbes =>
        new(StringComparer.Ordinal) { ["Messaging:DeadLetters:ProbeInterval"] = Never };

    private static IEnumerable<Confluent.Kafka.Message<byte[], byte[]>> Notes(string key, int count) =>
        Enumerable.Range(0, count).Select(n => Records.Of(new Noted($"{key}-{n}", n)));

    private static Task FailIf(bool fails) => fails ? throw new InvalidOperationException("broken") : Task.CompletedTask;

    /// <summary>
    /// Waits until each event that was attempted and isn't stored waits, or the first of each partition. A topic that halts early may have
    /// read some of its events only, and reads no more.
    /// </summary>
    // An event that is attempted while room becomes free is attempted once more, and says so twice.
    private static Task AllWaitAsync(NoteServiceOptions options, LoggedLines log, Attempted attempted, NoteService service) =>
        Eventually.TrueAsync(async () =>
        {
            var stored = (long)(await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters"))!;
            var waiting = log.Lines.Where(line => line.Contains("may not become a dead letter now", StringComparison.Ordinal))
                .Select(line => line.Split(" may not")[0]).Distinct(StringComparer.Ordinal).Count();
            return stored == Limit && waiting > 0
                && waiting == (options.OffsetsInDatabase ? attempted.Partitions : attempted.Events - Limit);
        });

    /// <summary>Redrives all dead letters, or discards some.</summary>
    private static async Task ResolveAsync(NoteServiceOptions options, bool discards, Func<DeadLetter, bool> which)
    {
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        var now = TimeProvider.System.GetUtcNow();
        if (!discards)
        {
            await admin.RedriveAsync(new DeadLetterFilter(), "test", now, Token);
            return;
        }

        foreach (var letter in (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 100, Token)).Where(which))
        {
            Assert.True(await admin.DiscardAsync(letter.Id, "never", "test", now, Token));
        }
    }

    private async Task<NoteServiceOptions> OptionsAsync(bool offsetsInDatabase = false) =>
        await NoteServiceOptions.CreateAsync(servers, Token, partitions: 2) with
        {
            OffsetsInDatabase = offsetsInDatabase,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Messaging:DeadLetters:MinFailures"] = $"{Limit}" },
        };

    /// <summary>What a handler was given.</summary>
    private sealed class Attempted
    {
        private readonly ConcurrentDictionary<(int Partition, long Offset), bool> _events = new();

        public int Events => _events.Count;

        public int Partitions => _events.Keys.Select(key => key.Partition).Distinct().Count();

        /// <summary>Adds an event, and fails it if wanted.</summary>
        public Task FailIf(EventContext<Noted> context, bool fails)
        {
            _events[(context.Delivery.Partition, context.Delivery.Offset)] = true;
            return HaltedTopicTests.FailIf(fails);
        }
    }
}
