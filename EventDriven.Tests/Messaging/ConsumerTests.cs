using System.Collections.Concurrent;
using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;
using StackExchange.Redis;

namespace EventDriven.Tests.Messaging;

/// <summary>Laws L5 and L6 in the consumer: a key in its order and never twice at once; each event's effect once.</summary>
public sealed class ConsumerTests(Servers servers)
{
    private const string NoRedis = "127.0.0.1:1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("in Redis", false)]
    [InlineData("in Redis", true)]
    [InlineData("in a Redis that is away", false)]
    [InlineData("in a Redis that is away", true)]
    [InlineData("none", false)]
    [InlineData("none", true)]
    public async Task The_same_event_five_times_has_one_effect(string leases, bool offsetsInDatabase)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Redis = leases == "in Redis" ? servers.Redis : NoRedis,
            Leases = leases != "none",
            OffsetsInDatabase = offsetsInDatabase,
        };

        await using var service = await NoteService.StartAsync(options, Token);
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        var deliveries = Enumerable.Range(0, 5).Select(_ => Records.Of(new Noted("a", 1), id)).Append(Records.Of(new Noted("a", 2)));

        await Records.ProduceAsync(options.Kafka, options.Topic, deliveries, Token);

        var effects = await Eventually.GetAsync(service.EffectsAsync, e => e.Exists(n => n.Number == 2));
        Assert.Equal([1, 2], effects.Select(e => e.Number));
    }

    [Fact]
    public async Task Redis_that_forgets_everything_makes_nothing_happen_twice()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var service = await NoteService.StartAsync(options, Token);
        var note = Records.Of(new Noted("a", 1));
        await Records.ProduceAsync(options.Kafka, options.Topic, [note], Token);
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);

        await using var redis = await ConnectionMultiplexer.ConnectAsync(options.Redis);
        await foreach (var key in redis.GetServers()[0].KeysAsync(pattern: $"inbox:{{{options.Group}}}*"))
        {
            await redis.GetDatabase().KeyDeleteAsync(key);
        }

        await Records.ProduceAsync(options.Kafka, options.Topic, [note, Records.Of(new Noted("a", 2))], Token);
        var effects = await Eventually.GetAsync(service.EffectsAsync, e => e.Exists(n => n.Number == 2));
        Assert.Equal([1, 2], effects.Select(e => e.Number));
    }

    [Fact]
    public async Task A_failing_event_is_retried_in_order_while_other_keys_go_on()
    {
        var broken = true;
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Behaviour = (context, _) => broken && context.Data is { Key: "bad", Number: 1 }
                ? throw new InvalidOperationException("The handler fails.")
                : Task.CompletedTask,
        };
        await using var service = await NoteService.StartAsync(options, Token);

        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [
                Records.Of(new Noted("bad", 1)),
                Records.Of(new Noted("good", 1)),
                Records.Of(new Noted("bad", 2)),
                Records.Of(new Noted("good", 2)),
            ],
            Token);
        var before = await Eventually.GetAsync(service.EffectsAsync, e => e.Count(n => n.Key == "good") == 2);
        Assert.DoesNotContain(before, e => e.Key == "bad");

        broken = false;
        var after = await Eventually.GetAsync(service.EffectsAsync, e => e.Count == 4);
        Assert.Equal([1, 2], after.Where(e => e.Key == "bad").Select(e => e.Number));
    }

    [Fact]
    public async Task An_event_that_was_failing_when_the_service_stopped_is_handled_by_the_next_one()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        var failing = await NoteService.StartAsync(
            options with
            {
                Behaviour = (context, _) => context.Data.Key == "bad"
                    ? throw new InvalidOperationException("The handler fails.")
                    : Task.CompletedTask,

                // So many that it is still failing then, however long the stop takes.
                Retry = new RetryPolicy { Attempts = int.MaxValue },
            },
            Token);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, [Records.Of(new Noted("bad", 1)), Records.Of(new Noted("good", 1))], Token);
        await Eventually.TrueAsync(async () => (await failing.EffectsAsync()).Count == 1);
        await failing.DisposeAsync();

        await using var repaired = await NoteService.StartAsync(options, Token);
        var effects = await Eventually.GetAsync(repaired.EffectsAsync, e => e.Count == 2);
        Assert.Equal(["good", "bad"], effects.Select(e => e.Key));
    }

    /// <summary>As when a service is deployed before its topics are.</summary>
    [Fact]
    public async Task A_topic_that_is_created_after_the_service_has_started_is_read()
    {
        var log = new LoggedLines();
        var existing = await NoteServiceOptions.CreateAsync(servers, Token);
        var options = existing with { Topic = Servers.NewTopicName(), Publishes = false, Log = log };
        await using var service = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(() =>
            log.Lines.Any(line => line.Contains("could not read: UnknownTopicOrPart", StringComparison.Ordinal)));

        await servers.CreateTopicAsync(options.Topic, 3, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);

        await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 1);
    }

    [Fact]
    public async Task A_record_that_cant_be_read_is_kept_and_holds_up_no_other_key()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        var service = await NoteService.StartAsync(options, Token);
        var notJson = Records.Of(new Noted("poison", 1));
        notJson.Value = "not json"u8.ToArray();
        var unnamed = Records.Of(new Noted("unnamed", 1));
        unnamed.Headers.Remove("ce_type");
        var withoutKey = new Message<byte[], byte[]> { Value = "?"u8.ToArray() };

        await Records.ProduceAsync(options.Kafka, options.Topic, [withoutKey, notJson, unnamed, Records.Of(new Noted("good", 1))], Token);
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);
        await Eventually.TrueAsync(async () =>
            await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters WHERE reason = 'unreadable'") is 3L);
        await service.DisposeAsync();

        // Nothing was passed over, and nothing waits: each of them is stored.
        Assert.Equal(4, CommittedOffset(options));
    }

    [Fact]
    public async Task Offsets_in_the_database_move_past_events_that_the_group_does_not_handle()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with { OffsetsInDatabase = true };
        await using var service = await NoteService.StartAsync(options, Token);
        var unbound = Records.Of(new Noted("a", 2));
        unbound.Headers.Remove("ce_type");
        unbound.Headers.Add("ce_type", "test.notes.number-forgotten.v1"u8.ToArray());

        await Records.ProduceAsync(options.Kafka, options.Topic, [unbound, Records.Of(new Noted("a", 1)), unbound, unbound], Token);

        await Eventually.GetAsync(() => service.QueryAsync("SELECT next_offset FROM messaging.consumer_offsets"), next => next is 4L);
        Assert.Single(await service.EffectsAsync());
        Assert.Equal(1L, await service.QueryAsync("SELECT count(*) FROM messaging.inbox"));
    }

    [Fact]
    public async Task Effect_inbox_and_offset_of_a_failed_attempt_are_rolled_back_together()
    {
        var attempts = 0;
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            OffsetsInDatabase = true,
            Behaviour = (_, _) => Interlocked.Increment(ref attempts) < 3
                ? throw new InvalidOperationException("After the effect was saved.")
                : Task.CompletedTask,
        };
        await using var service = await NoteService.StartAsync(options, Token);

        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count > 0);
        Assert.Single(await service.EffectsAsync());
        Assert.Equal(3, attempts);
        Assert.Equal(1L, await service.QueryAsync("SELECT count(*) FROM messaging.inbox"));
        Assert.Equal(1L, await service.QueryAsync("SELECT next_offset FROM messaging.consumer_offsets"));
    }

    /// <summary>The offsets are the truth where they stand in the database: set back with it, the effects come again.</summary>
    [Fact]
    public async Task A_read_model_that_is_emptied_is_rebuilt_from_the_log()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { OffsetsInDatabase = true };
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(
                options.Kafka, options.Topic, Enumerable.Range(1, 3).Select(number => Records.Of(new Noted("a", number))), Token);
            await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 3);
        }

        await using var again = await NoteService.StartAsync(options with { Group = null }, Token);
        await again.QueryAsync("TRUNCATE effects, messaging.inbox, messaging.consumer_offsets");
        await using var rebuilt = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 4))], Token);

        var effects = await Eventually.GetAsync(rebuilt.EffectsAsync, e => e.Exists(n => n.Number == 4));
        Assert.Equal([1, 2, 3, 4], effects.Select(e => e.Number));
    }

    /// <summary>A partition that is full, and paused, is given to another instance and comes back: it must be read again.</summary>
    [Fact]
    public async Task A_paused_partition_that_comes_back_is_read_to_its_end()
    {
        const int Events = 60;
        using var gate = new SemaphoreSlim(0);
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 2) with
        {
            WindowPerPartition = 4,
            Behaviour = (_, cancellationToken) => gate.WaitAsync(cancellationToken),
        };
        await using var stays = await NoteService.StartAsync(options, Token);
        var notes = Enumerable.Range(0, Events).Select(number => Records.Of(new Noted($"key-{number}", number))).ToList();

        // The first one alone: in a transaction with others it would wait for them at the gate.
        gate.Release(1);
        await Records.ProduceAsync(options.Kafka, options.Topic, notes[..1], Token);
        await Eventually.TrueAsync(async () => (await stays.EffectsAsync()).Count == 1);
        await Records.ProduceAsync(options.Kafka, options.Topic, notes[1..], Token);

        await using (await NoteService.StartAsync(options with { Behaviour = (_, _) => Task.CompletedTask }, Token))
        {
            await Eventually.TrueAsync(async () => (await stays.EffectsAsync()).Count >= 10);
        }

        gate.Release(10 * Events);
        var effects = await Eventually.GetAsync(stays.EffectsAsync, e => e.Count >= Events);
        Assert.Equal(Events, effects.Count);
    }

    /// <summary>
    /// Instances come and go while events of few keys arrive; each key must be handled in order, by one instance at a time.
    /// </summary>
    [Fact]
    public async Task Rebalances_neither_reorder_nor_overlap_a_key()
    {
        const int Keys = 8;
        const int EventsAKey = 40;
        var running = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var overlaps = new ConcurrentQueue<string>();
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 6) with
        {
            Behaviour = async (context, cancellationToken) =>
            {
                if (running.AddOrUpdate(context.Data.Key, 1, (_, n) => n + 1) > 1)
                {
                    overlaps.Enqueue(context.Data.Key);
                }

                try
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
                }
                finally
                {
                    running.AddOrUpdate(context.Data.Key, 0, (_, n) => n - 1);
                }
            },
        };
        var notes = Enumerable.Range(1, EventsAKey)
            .SelectMany(number => Enumerable.Range(0, Keys).Select(key => new Noted($"key-{key}", number)));
        await using var stays = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, notes.Select(note => Records.Of(note)), Token);

        await using (await NoteService.StartAsync(options, Token))
        {
            await Eventually.TrueAsync(async () => (await stays.EffectsAsync()).Count >= Keys * EventsAKey / 2);
        }

        var effects = await Eventually.GetAsync(stays.EffectsAsync, e => e.Count >= Keys * EventsAKey);
        Assert.Empty(overlaps);
        Assert.Equal(Keys * EventsAKey, effects.Count);
        Assert.All(effects.GroupBy(e => e.Key), key => Assert.Equal(Enumerable.Range(1, EventsAKey), key.Select(e => e.Number)));
    }

    private static long? CommittedOffset(NoteServiceOptions options)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(
            new ConsumerConfig { BootstrapServers = options.Kafka, GroupId = options.Group }).Build();
        var committed = consumer.Committed([new TopicPartition(options.Topic, 0)], TimeSpan.FromSeconds(10)).Single().Offset;
        return committed == Offset.Unset ? null : committed.Value;
    }
}
