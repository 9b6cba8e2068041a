using System.Text;
using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;
using Npgsql;
using StackExchange.Redis;

namespace EventDriven.Tests.Messaging;

/// <summary>What becomes of events that can't be applied (laws L5 and L8): on real servers, with events that share transactions.</summary>
public sealed class DeadLetterTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<bool, bool> Kinds => new() { { false, false }, { true, false }, { false, true }, { true, true } };

    /// <summary>
    /// The key that fails is parked, what follows of it waits behind, every other key goes on; redriven, its effects come out in order.
    /// </summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_failing_event_parks_its_key_and_a_redrive_applies_what_waits_in_order(bool batches, bool offsetsInDatabase)
    {
        var broken = true;
        var log = new LoggedLines();
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 2) with
        {
            Log = log,
            Batches = batches,
            OffsetsInDatabase = offsetsInDatabase,
            Behaviour = (context, _) => broken && context.Data is { Key: "bad", Number: 3 }
                ? throw new InvalidOperationException("Can't write to jo@example.com, +49 30 1234567.")
                : Task.CompletedTask,
        };
        await using var service = await NoteService.StartAsync(options, Token);
        var notes = Enumerable.Range(1, 10)
            .SelectMany(number => new[] { new Noted("bad", number), new Noted($"good-{number % 3}", number) });
        await Records.ProduceAsync(options.Kafka, options.Topic, notes.Select(note => Records.Of(note)), Token);

        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await Eventually.TrueAsync(async () =>
            (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 100, Token)).Count == 8);
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 12);
        var letters = await admin.ListAsync(new DeadLetterFilter(Key: "bad"), includeResolved: false, 100, Token);
        Assert.Equal(["failed", .. Enumerable.Repeat("behind", 7)], letters.Select(l => l.Reason.ToString().ToLowerInvariant()));
        Assert.Equal(5, letters[0].Attempts);
        Assert.Equal("System.InvalidOperationException", letters[0].ErrorType);
        Assert.Equal("Can't write to <address>, <number>.", letters[0].ErrorMessage);
        Assert.Equal(letters.Select(l => l.Offset).Order(), letters.Select(l => l.Offset));
        Assert.Contains(log.Lines, line => line.Contains("InvalidOperationException: Can't write to <address>", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("jo@example.com", StringComparison.Ordinal));

        // Again in vain: parked as before, with the attempts added up.
        Assert.Equal(8, await admin.RedriveAsync(new DeadLetterFilter(Key: "bad"), "test", TimeProvider.System.GetUtcNow(), Token));
        await Eventually.TrueAsync(async () =>
            await admin.FindAsync(letters[0].Id, Token) is { State: DeadLetterState.Parked, Attempts: 10 });
        Assert.Equal(12, (await service.EffectsAsync()).Count);

        broken = false;
        await admin.RedriveAsync(new DeadLetterFilter(options.Group), "test", TimeProvider.System.GetUtcNow(), Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("bad", 11))], Token);

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 21);
        await Eventually.TrueAsync(async () =>
            (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 100, Token)).Count == 0);
        Assert.Equal(Enumerable.Range(1, 11), (await service.EffectsAsync()).Where(e => e.Key == "bad").Select(e => e.Number));
    }

    /// <summary>
    /// An event that was given up leaves the way free for the rest of its key; a key of which nothing is left is handled again.
    /// </summary>
    [Fact]
    public async Task A_discarded_event_lets_the_rest_of_its_key_go_on()
    {
        var log = new LoggedLines();
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Log = log,
            Behaviour = (context, _) => context.Data.Number == 1 ? throw new InvalidOperationException("never") : Task.CompletedTask,
        };
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [Records.Of(new Noted("a", 1)), Records.Of(new Noted("a", 2)), Records.Of(new Noted("b", 1))],
            Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await Eventually.TrueAsync(async () =>
            (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 100, Token)).Count == 3);
        foreach (var letter in await admin.ListAsync(new DeadLetterFilter(Reason: "failed"), includeResolved: false, 100, Token))
        {
            Assert.True(await admin.DiscardAsync(letter.Id, "can't be repaired", "test", TimeProvider.System.GetUtcNow(), Token));
            Assert.False(await admin.DiscardAsync(letter.Id, "twice", "test", TimeProvider.System.GetUtcNow(), Token));
        }

        // Key b has nothing left at all; that is noticed without a redrive.
        await admin.RedriveAsync(new DeadLetterFilter(Key: "a"), "test", TimeProvider.System.GetUtcNow(), Token);
        await Eventually.TrueAsync(() =>
            log.Lines.Count(line => line.Contains("has no dead letters any more", StringComparison.Ordinal)) == 2);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 3)), Records.Of(new Noted("b", 2))], Token);
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 3);
        Assert.Equal(["a2", "a3", "b2"], (await service.EffectsAsync()).Select(e => $"{e.Key}{e.Number}").Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// What was given up never happens, also when its record comes again and could be applied by then; nor does it park its key again.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_discarded_event_that_is_delivered_again_has_no_effect_and_parks_nothing(bool unreadable)
    {
        var broken = true;
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Behaviour = (context, _) => broken && context.Data.Number == 1
                ? throw new InvalidOperationException("broken")
                : Task.CompletedTask,
        };
        var given = Records.Of(new Noted("a", 1));
        given.Value = unreadable ? "not json"u8.ToArray() : given.Value;
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await using (await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(options.Kafka, options.Topic, [given], Token);
            var letter = (await Eventually.GetAsync(
                async () => await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token),
                found => found.Count == 1))[0];
            Assert.True(await admin.DiscardAsync(letter.Id, "never", "test", TimeProvider.System.GetUtcNow(), Token));
        }

        // The same record again, as a new group's name makes the broker deliver it, and as Redis doesn't know it.
        broken = false;
        await RenameGroupAsync(database);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 2))], Token);
        await using var again = await NoteService.StartAsync(options with { Group = $"{options.Group}-again" }, Token);

        Assert.Equal(2, Assert.Single(await Eventually.GetAsync(again.EffectsAsync, e => e.Count > 0)).Number);
        Assert.Empty(await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token));
    }

    /// <summary>
    /// The broker delivers again what was handled before the key was parked. That is not blocked by the dead letter: stored as one, it
    /// would be the oldest of the key, and hide from operators why the key is parked.
    /// </summary>
    [Fact]
    public async Task An_event_from_before_its_keys_dead_letter_that_is_delivered_again_is_a_duplicate()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Behaviour = (context, _) =>
                context.Data.Number == 2 ? throw new InvalidOperationException("broken") : Task.CompletedTask,
        };
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await using (await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(
                options.Kafka, options.Topic, [Records.Of(new Noted("a", 1)), Records.Of(new Noted("a", 2))], Token);
            await Eventually.TrueAsync(async () =>
                (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token)).Count == 1);
        }

        // A new group's name makes the broker deliver all of it again, as when a group's offset was not stored.
        await RenameGroupAsync(database);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, [Records.Of(new Noted("a", 3)), Records.Of(new Noted("b", 4))], Token);
        await using var again = await NoteService.StartAsync(options with { Group = $"{options.Group}-again" }, Token);
        await Eventually.TrueAsync(async () => (await again.EffectsAsync()).Exists(effect => effect.Number == 4));

        Assert.Equal(
            [(1L, DeadLetterReason.Failed), (2L, DeadLetterReason.Behind)],
            (await Eventually.GetAsync(
                async () => await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token), found => found.Count >= 2))
                .OrderBy(letter => letter.Offset).Select(letter => (letter.Offset, letter.Reason)));
        Assert.Single(await again.EffectsAsync(), effect => effect.Number == 1);
    }

    /// <summary>
    /// An event whose redrive is on record and whose inbox row is lost is applied anew by a replay; should it fail, it waits again.
    /// </summary>
    [Fact]
    public async Task A_redriven_event_that_comes_again_unknown_and_fails_waits_again()
    {
        var broken = true;
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Behaviour = (_, _) => broken ? throw new InvalidOperationException("broken") : Task.CompletedTask,
        };
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);
            await Eventually.TrueAsync(async () =>
                (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token)).Count == 1);
            broken = false;
            await admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token);
            await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);
        }

        broken = true;
        await new NpgsqlCommand("UPDATE messaging.dead_letters SET \"group\" = \"group\" || '-again'", database)
            .ExecuteNonQueryAsync(Token);
        await using var again = await NoteService.StartAsync(options with { Group = $"{options.Group}-again" }, Token);

        var letter = Assert.Single(await Eventually.GetAsync(
            async () => await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token), found => found.Count == 1));
        Assert.Equal((DeadLetterState.Parked, 10), (letter.State, letter.Attempts));
    }

    /// <summary>
    /// What can't be read is stored at once and byte for byte, and holds up no other key; without a key it parks nothing.
    /// </summary>
    [Fact]
    public async Task Poison_is_stored_at_once_and_holds_up_no_other_key()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var service = await NoteService.StartAsync(options, Token);
        var noSuch = Records.Of(new Noted("poisoned", 1));
        noSuch.Value = Encoding.UTF8.GetBytes("{ \"key\": ");
        var noKey = new Message<byte[], byte[]> { Key = null!, Value = [0, 255, 1], Headers = new Headers { { "x", [0xFF, 0x00] } } };
        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [Records.Of(new Noted("a", 1)), noSuch, noKey, Records.Of(new Noted("poisoned", 2)), Records.Of(new Noted("a", 2))],
            Token);

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 2);
        await using var database = await options.OpenDatabaseAsync(Token);
        var letters = await Eventually.GetAsync(
            async () => await new DeadLetterAdmin(database).ListAsync(new DeadLetterFilter(), includeResolved: false, 100, Token),
            found => found.Count == 3);
        Assert.Equal([(1, 1L), (1, 2L), (0, 3L)], letters.OrderBy(l => l.Offset).Select(l => (l.Attempts, l.Offset)));
        var keyless = Assert.Single(letters, l => l.Key is null);
        Assert.Equal([0, 255, 1], keyless.Data!);
        Assert.Equal([0xFF, 0x00], StoredHeaders.Read(keyless.Headers).GetLastBytes("x"));
        Assert.Equal("poisoned", Assert.Single(letters, l => l is { Reason: DeadLetterReason.Unreadable, Key: not null }).Key);
    }

    /// <summary>However long it takes to store it.</summary>
    [Fact]
    public async Task Poison_that_can_not_be_stored_yet_holds_up_no_other_key()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Messaging:Consumer:BatchTimeout"] = "00:00:00.300" },
        };
        await using var service = await NoteService.StartAsync(options, Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        await using var holding = await database.BeginTransactionAsync(Token);
        await new NpgsqlCommand("LOCK TABLE messaging.dead_letters IN EXCLUSIVE MODE", database, holding).ExecuteNonQueryAsync(Token);
        var poison = Records.Of(new Noted("poisoned", 1));
        poison.Value = "not json"u8.ToArray();
        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [poison, .. Enumerable.Range(1, 20).Select(number => Records.Of(new Noted($"good-{number}", number)))],
            Token);

        Assert.Equal(20, (await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count >= 20)).Count);
        await holding.RollbackAsync(Token);
        await Eventually.TrueAsync(async () =>
            (await new DeadLetterAdmin(database).ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token)).Count == 1);
    }

    /// <summary>Who owns a partition knows its parked keys: the table is read when it is assigned, and not for each event.</summary>
    [Fact]
    public async Task Events_of_keys_that_are_not_parked_cost_no_look_at_the_dead_letters()
    {
        // The server looks at its tables too, now and then.
        Assert.InRange(await ScansAsync(events: 300), 0, await ScansAsync(events: 1) + 5);
    }

    private async Task<long> ScansAsync(int events)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            // Nobody looks besides.
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Messaging:Consumer:OperatorPollInterval"] = "00:01:00",
                ["Messaging:Lag:PollInterval"] = "00:10:00",
            },
        };
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(
                options.Kafka, options.Topic, Enumerable.Range(0, events).Select(n => Records.Of(new Noted($"key-{n % 50}", n))), Token);
            await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == events);
        }

        return await options.CountScansAsync("dead_letters", Token);
    }

    /// <summary>
    /// Data without what its consumer reads, or of another schema, is no event that a further attempt, or a default, could help.
    /// </summary>
    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{ "key": null, "number": 1 }""", null)]
    [InlineData("""{ "key": "a", "number": 1 }""", "urn:test:notes:number-noted:v2")]
    public async Task Data_that_its_schema_does_not_admit_is_poison(string data, string? schema)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        var poison = Records.Of(new Noted("a", 1));
        poison.Value = Encoding.UTF8.GetBytes(data);
        if (schema is not null)
        {
            poison.Headers.Remove("ce_dataschema");
            poison.Headers.Add("ce_dataschema", Encoding.UTF8.GetBytes(schema));
        }

        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [poison, Records.Of(new Noted("b", 1))], Token);

        await using var database = await options.OpenDatabaseAsync(Token);
        var letter = Assert.Single(await Eventually.GetAsync(
            async () => await new DeadLetterAdmin(database).ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token),
            found => found.Count > 0));
        Assert.Equal((DeadLetterReason.Unreadable, 1), (letter.Reason, letter.Attempts));
        Assert.Equal("b", Assert.Single(await Eventually.GetAsync(service.EffectsAsync, e => e.Count > 0)).Key);
    }

    /// <summary>
    /// Poison and a failing event of two keys of a partition that is one lane, or not: each key comes out in order, each event once.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Poison_and_failures_are_redriven_in_the_order_of_their_keys_wherever_the_offsets_are(bool offsetsInDatabase)
    {
        var broken = true;
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            OffsetsInDatabase = offsetsInDatabase,
            Behaviour = (context, _) => broken && context.Data is { Key: "failing", Number: 1 }
                ? throw new InvalidOperationException("broken")
                : Task.CompletedTask,
        };
        await using var service = await NoteService.StartAsync(options, Token);
        var poison = Records.Of(new Noted("poisoned", 1));
        poison.Value = "not json"u8.ToArray();
        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [
                Records.Of(new Noted("failing", 1)), poison, Records.Of(new Noted("good", 1)), Records.Of(new Noted("poisoned", 2)),
                Records.Of(new Noted("failing", 2)), Records.Of(new Noted("good", 2)), Records.Of(new Noted("poisoned", 3)),
            ],
            Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await Eventually.TrueAsync(async () =>
            (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token)).Count == 5);
        Assert.Equal(
            ["good1", "good2"], (await Eventually.GetAsync(service.EffectsAsync, e => e.Count == 2)).Select(e => $"{e.Key}{e.Number}"));

        broken = false;
        var unreadable = Assert.Single(
            await admin.ListAsync(new DeadLetterFilter(Reason: "unreadable"), includeResolved: false, 10, Token));
        Assert.True(await admin.DiscardAsync(unreadable.Id, "can't be read", "test", TimeProvider.System.GetUtcNow(), Token));
        Assert.Equal(4, await admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token));
        await Eventually.TrueAsync(async () =>
            (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token)).Count == 0);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, [Records.Of(new Noted("failing", 3)), Records.Of(new Noted("poisoned", 4))], Token);

        var effects = await Eventually.GetAsync(service.EffectsAsync, e => e.Count == 8);
        Assert.Equal([1, 2, 3], effects.Where(e => e.Key == "failing").Select(e => e.Number));
        Assert.Equal([2, 3, 4], effects.Where(e => e.Key == "poisoned").Select(e => e.Number));
    }

    /// <summary>
    /// A redrive takes the keys whose oldest dead letter is meant, by type, reason or exception; another's, or one behind it, is not.
    /// </summary>
    [Fact]
    public async Task A_redrive_by_type_or_reason_takes_the_keys_whose_oldest_event_it_is()
    {
        var broken = true;
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Behaviour = (context, _) => (broken, context.Data.Key) switch
            {
                (true, "a") => throw new InvalidOperationException("broken"),
                (true, "b") => throw new FormatException("broken"),
                _ => Task.CompletedTask,
            },
        };
        await using var service = await NoteService.StartAsync(options, Token);
        var poison = Records.Of(new Noted("c", 1));
        poison.Value = "not json"u8.ToArray();
        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [Records.Of(new Noted("a", 1)), Records.Of(new Noted("b", 1)), poison, Records.Of(new Noted("a", 2))],
            Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await Eventually.TrueAsync(async () =>
            (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token)).Count == 4);
        broken = false;

        Assert.Equal(0, await RedriveAsync(new DeadLetterFilter(Reason: "behind")));
        Assert.Equal(0, await RedriveAsync(new DeadLetterFilter(Type: "test.notes.another-noted.v1")));
        Assert.Equal(1, await RedriveAsync(new DeadLetterFilter(Reason: "System.FormatException")));
        Assert.Equal(["b1"], (await Eventually.GetAsync(service.EffectsAsync, e => e.Count > 0)).Select(e => $"{e.Key}{e.Number}"));

        Assert.Equal(2, await RedriveAsync(new DeadLetterFilter(Reason: "failed")));
        Assert.Equal(
            ["b1", "a1", "a2"], (await Eventually.GetAsync(service.EffectsAsync, e => e.Count > 2)).Select(e => $"{e.Key}{e.Number}"));

        // Of its type, and as unreadable as before.
        Assert.Equal(1, await RedriveAsync(new DeadLetterFilter(Type: Noted.Type)));
        await Eventually.TrueAsync(async () =>
            await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token)
                is [{ Key: "c", State: DeadLetterState.Parked, Attempts: 2 }]);

        Task<int> RedriveAsync(DeadLetterFilter filter) => admin.RedriveAsync(filter, "test", TimeProvider.System.GetUtcNow(), Token);
    }

    /// <summary>An event that another instance holds stands before the poison of its key, and must not end up behind it.</summary>
    [Fact]
    public async Task Poison_does_not_park_its_key_before_an_event_that_another_instance_holds()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        var held = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options.Redis);
        await redis.GetDatabase()
            .StringSetAsync($"inbox:{{{options.Group}}}:{EventIdentity.Of(Records.Source, held)}", "0", TimeSpan.FromSeconds(3));
        var poison = Records.Of(new Noted("a", 2));
        poison.Value = "not json"u8.ToArray();
        await Records.ProduceAsync(
            options.Kafka, options.Topic, [Records.Of(new Noted("a", 1), held), poison, Records.Of(new Noted("a", 3))], Token);
        await using var service = await NoteService.StartAsync(options, Token);

        await using var database = await options.OpenDatabaseAsync(Token);
        var letters = await Eventually.GetAsync(
            async () => await new DeadLetterAdmin(database).ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token),
            found => found.Count >= 2);
        Assert.Equal([1L, 2L], letters.Select(l => l.Offset));
        Assert.Equal(1, Assert.Single(await service.EffectsAsync()).Number);
    }

    /// <summary>Parked keys outlive the instance that parked them.</summary>
    [Fact]
    public async Task A_new_owner_knows_the_parked_keys()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Behaviour = (context, _) => context.Data.Number == 1 ? throw new InvalidOperationException("never") : Task.CompletedTask,
        };
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await using (await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);
            await Eventually.TrueAsync(async () =>
                (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 100, Token)).Count == 1);
        }

        await using var next = await NoteService.StartAsync(options with { Behaviour = (_, _) => Task.CompletedTask }, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 2)), Records.Of(new Noted("b", 2))], Token);
        await Eventually.TrueAsync(async () =>
            (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 100, Token)).Count == 2);
        Assert.Equal("b", Assert.Single(await Eventually.GetAsync(next.EffectsAsync, e => e.Count == 1)).Key);

        await admin.RedriveAsync(new DeadLetterFilter(Key: "a"), "test", TimeProvider.System.GetUtcNow(), Token);
        var effects = await Eventually.GetAsync(next.EffectsAsync, e => e.Count == 3);
        Assert.Equal([1, 2], effects.Where(e => e.Key == "a").Select(e => e.Number));
    }

    /// <summary>
    /// What was stored behind a key that is being redriven belongs to the redrive, whichever instance
    /// ends it: nobody would ask for it again.
    /// </summary>
    [Fact]
    public async Task A_redrive_that_is_interrupted_is_ended_by_the_next_owner_with_what_came_meanwhile()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);

        // It doesn't look before its end for what operators asked for.
        var parking = options with
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Messaging:Consumer:OperatorPollInterval"] = "00:01:00" },
            Behaviour = (context, _) => context.Data.Number == 1 ? throw new InvalidOperationException("never") : Task.CompletedTask,
        };
        await using (await NoteService.StartAsync(parking, Token))
        {
            await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1)), Records.Of(new Noted("a", 2))], Token);
            await Eventually.TrueAsync(async () =>
                (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token)).Count == 2);
            Assert.Equal(2, await admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token));
            await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 3)), Records.Of(new Noted("a", 4))], Token);
            await Eventually.TrueAsync(async () =>
                (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token)).Count == 4);
        }

        // It ends between two letters.
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopping = options with
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Messaging:Consumer:DrainTimeout"] = "00:00:00.100" },
            Behaviour = (context, token) => context.Data.Number == 3 && reached.TrySetResult()
                ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token)
                : Task.CompletedTask,
        };
        await using (await NoteService.StartAsync(stopping, Token))
        {
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
        }

        await using var next = await NoteService.StartAsync(options, Token);
        Assert.Equal([1, 2, 3, 4], (await Eventually.GetAsync(next.EffectsAsync, e => e.Count == 4)).Select(e => e.Number));
        Assert.Empty(await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token));
    }

    /// <summary>
    /// A cluster was replaced: what is parked of its log has no owner any more, and must neither count nor be redriven for ever.
    /// </summary>
    [Fact]
    public async Task Dead_letters_of_another_log_are_kept_and_count_for_nothing()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            Cluster = "first",
            MaxParkedKeys = 1,
            Behaviour = (context, _) => context.Data.Number == 1 ? throw new InvalidOperationException("never") : Task.CompletedTask,
        };
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await using (await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1))], Token);
            await Eventually.TrueAsync(async () =>
                (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token)).Count == 1);
        }

        // One key may be parked, and the key of the other log is none.
        await using var second = await NoteService.StartAsync(options with { Cluster = "second" }, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("b", 1))], Token);
        await Eventually.TrueAsync(async () =>
            (await admin.ListAsync(new DeadLetterFilter(Key: "b"), includeResolved: false, 10, Token)).Count == 1);

        Assert.Equal(1, await admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token));
        Assert.Equal(1, await admin.CountOnOtherLogsAsync(new DeadLetterFilter(), Token));
        Assert.Equal(0, await admin.CountOnOtherLogsAsync(new DeadLetterFilter(Key: "b"), Token));
        var other = Assert.Single(await admin.ListAsync(new DeadLetterFilter(Key: "a"), includeResolved: false, 10, Token));
        Assert.Equal((DeadLetterState.Parked, "first"), (other.State, other.Cluster));
        Assert.True(await admin.DiscardAsync(other.Id, "its log is gone", "test", TimeProvider.System.GetUtcNow(), Token));
    }

    /// <summary>
    /// Handlers that fail at random, on two instances of which one goes and comes: each key's effects in
    /// order, each once, nothing parked in the end.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Random_failures_and_rebalances_neither_lose_double_nor_reorder(bool batches)
    {
        const int Keys = 40;
        const int EventsAKey = 25;
        var random = new Random(20261123);
        var failing = true;
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 6) with
        {
            Batches = batches,
            MaxParkedKeys = 1_000,
            MaxFailureRate = 1,
            Behaviour = (_, _) =>
            {
                lock (random)
                {
                    return failing && random.NextDouble() < 0.3 ? throw new InvalidOperationException("by chance") : Task.CompletedTask;
                }
            },
        };
        await using var stays = await NoteService.StartAsync(options, Token);
        var notes = Enumerable.Range(1, EventsAKey)
            .SelectMany(number => Enumerable.Range(0, Keys).Select(key => new Noted($"key-{key}", number)));
        var producing = Records.ProduceAsync(options.Kafka, options.Topic, notes.Select(note => Records.Of(note)), Token);
        await using (await NoteService.StartAsync(options, Token))
        {
            await producing;
        }

        failing = false;
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await Eventually.TrueAsync(
            async () =>
            {
                await admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token);
                return (await stays.EffectsAsync()).Count >= Keys * EventsAKey;
            },
            TimeSpan.FromSeconds(90));
        await Eventually.TrueAsync(async () =>
            (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 1, Token)).Count == 0);
        var effects = await stays.EffectsAsync();
        Assert.Equal(Keys * EventsAKey, effects.Count);
        Assert.All(effects.GroupBy(e => e.Key, StringComparer.Ordinal), key =>
            Assert.Equal(Enumerable.Range(1, EventsAKey), key.Select(e => e.Number)));
    }

    // To the name of a new one, to which the broker delivers everything.
    private static Task RenameGroupAsync(NpgsqlConnection database) => new NpgsqlCommand(
        "UPDATE messaging.dead_letters SET \"group\" = \"group\" || '-again'; "
        + "UPDATE messaging.inbox SET \"group\" = \"group\" || '-again'",
        database)
        .ExecuteNonQueryAsync(Token);
}
