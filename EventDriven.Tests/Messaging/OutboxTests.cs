using System.Text.Json;
using EventDriven.Messaging;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Outbox.Relaying;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Storage.Outbox;
using EventDriven.Tests.Messaging.Host;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Messaging;

/// <summary>Laws L3 (the fact and the state change commit together) and L5 (order is kept per key), in the outbox and its relay.</summary>
public sealed class OutboxTests(Servers servers)
{
    private const int Partitions = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_rolled_back_is_never_announced_and_what_is_committed_is()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null };
        await using var service = await NoteService.StartAsync(options, Token);

        await service.InTransactionAsync(Announce(new Noted("a", 1)), commit: false, Token);
        await service.InTransactionAsync(Announce(new Noted("a", 2)), commit: true, Token);

        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == 0);
        var note = Assert.Single(Announced(options));
        Assert.Equal(2, note.Number);
        Assert.Equal(2, Assert.Single(await service.EffectsAsync()).Number);

        static Func<TestDatabase, IOutbox, Task> Announce(Noted note) => (database, outbox) =>
        {
            database.Effects.Add(new Effect { Key = note.Key, Number = note.Number });
            outbox.Add(note, TimeProvider.System.GetUtcNow());
            return Task.CompletedTask;
        };
    }

    [Fact]
    public async Task Within_a_key_the_sequence_is_the_order_of_commits()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null };
        await using var service = await NoteService.StartAsync(options, Token);
        await using var first = new TestDatabase(TestDatabaseOptions.For(options.Database));
        await using var transaction = await first.Database.BeginTransactionAsync(Token);
        first.Add(Row(options, "a", 1));
        await first.SaveChangesAsync(Token);

        // The second transaction of the key must not get its number before the first has committed; another key's is not held up.
        var second = service.AnnounceAsync(Token, new Noted("a", 2));
        await service.AnnounceAsync(Token, new Noted("b", 1));
        await Eventually.TrueAsync(() => Announced(options).Exists(n => n.Key == "b"));
        Assert.False(second.IsCompleted);

        await transaction.CommitAsync(Token);
        await second;
        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == 0);
        Assert.Equal([1, 2], Announced(options).Where(n => n.Key == "a").Select(n => n.Number));
    }

    [Fact]
    public async Task Two_relays_share_the_outbox_and_keep_the_order_of_each_key_when_one_of_them_goes()
    {
        const int Keys = 40;
        const int EventsAKey = 25;
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null };
        await using var stays = await NoteService.StartAsync(options, Token);
        var goes = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(async () => await BucketOwnersAsync(stays) == 2);

        for (var number = 1; number <= EventsAKey; number++)
        {
            var notes = Enumerable.Range(0, Keys).Select(key => new Noted($"key-{key}", number)).ToArray();
            await (number % 2 == 0 && number < EventsAKey / 2 ? goes : stays).AnnounceAsync(Token, notes);
            if (number == EventsAKey / 2)
            {
                await goes.DisposeAsync();
            }
        }

        await Eventually.TrueAsync(async () => await stays.OutboxDepthAsync() == 0);
        Assert.Equal(1, await BucketOwnersAsync(stays));
        var announced = Announced(options).GroupBy(n => n.Key).ToList();
        Assert.Equal(Keys, announced.Count);

        // An event may stand on the log twice, when a relay went between sending and deleting; its first place is in order.
        Assert.All(announced, key => Assert.Equal(Enumerable.Range(1, EventsAKey), key.Select(n => n.Number).Distinct()));
    }

    [Fact]
    public async Task Facts_of_one_key_that_are_added_together_are_announced_in_the_order_of_adding()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null };
        await using var service = await NoteService.StartAsync(options, Token);
        var numbers = Enumerable.Range(1, 100).ToList();

        await service.AnnounceAsync(Token, [.. numbers.Select(number => new Noted("a", number))]);

        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == 0);
        Assert.Equal(numbers, Announced(options).Select(n => n.Number));
    }

    /// <summary>With polls a minute apart, only a wake-up can be the reason why these are sent within the test's bound of 30 s.</summary>
    [Fact]
    public async Task A_commit_wakes_the_relay_that_owns_its_bucket_in_whichever_process()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null, OutboxPollMs = 60_000 };
        await using var owner = await NoteService.StartAsync(options, Token);
        await owner.AnnounceAsync(Token, new Noted("a", 1));
        await Eventually.TrueAsync(async () => await owner.OutboxDepthAsync() == 0);

        await using var other = await NoteService.StartAsync(options, Token);
        await other.AnnounceAsync(Token, new Noted("a", 2));
        await Eventually.TrueAsync(async () => await owner.OutboxDepthAsync() == 0);

        Assert.Equal([1, 2], Announced(options).Select(n => n.Number));
    }

    [Fact]
    public async Task Data_that_no_broker_would_take_is_refused_where_it_is_announced()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null };
        await using var service = await NoteService.StartAsync(options, Token);

        var tooLarge = await Assert.ThrowsAsync<InvalidOperationException>(
            () => service.AnnounceAsync(Token, new Noted("a", 1, new string('x', OutboxMessageFactory.MaxDataBytes))));
        Assert.Contains("bytes", tooLarge.Message, StringComparison.Ordinal);
        var withoutKey = await Assert.ThrowsAsync<InvalidOperationException>(() => service.AnnounceAsync(Token, new Noted("", 1)));
        Assert.Contains("key of 0 characters", withoutKey.Message, StringComparison.Ordinal);
        Assert.Equal(0, await service.OutboxDepthAsync());
    }

    [Fact]
    public async Task The_largest_data_that_is_taken_can_be_sent()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null };
        await using var service = await NoteService.StartAsync(options, Token);
        var room = OutboxMessageFactory.MaxDataBytes - 1_100;

        await service.AnnounceAsync(Token, new Noted(new string('k', OutboxMessageFactory.MaxKeyLength), 1, new string('x', room)));

        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == 0);
        Assert.Equal(room, Assert.Single(Announced(options)).Text!.Length);
    }

    [Fact]
    public async Task A_row_that_is_refused_holds_up_its_key_and_no_other()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null };
        await using var service = await NoteService.StartAsync(options, Token);

        // Past the outbox's own check, as a broker with a smaller limit would see it.
        var refused = Row(options, "a", 1, new byte[RecordLimits.MaxBytes + 1]);
        await service.InTransactionAsync(
            (database, outbox) =>
            {
                database.Add(refused);
                outbox.Add(new Noted("a", 2), TimeProvider.System.GetUtcNow());
                outbox.Add(new Noted("b", 1), TimeProvider.System.GetUtcNow());
                return Task.CompletedTask;
            },
            commit: true,
            Token);

        await Eventually.TrueAsync(() => Announced(options).Exists(n => n.Key == "b"));
        await service.AnnounceAsync(Token, new Noted("a", 3), new Noted("b", 2));
        await Eventually.TrueAsync(() => Announced(options).Exists(n => n is { Key: "b", Number: 2 }));
        Assert.DoesNotContain(Announced(options), n => n.Key == "a");

        // Repaired, its key goes on by itself.
        await service.QueryAsync(
            $"UPDATE messaging.outbox SET data = '{{\"key\":\"a\",\"number\":1}}' WHERE event_id = '{refused.EventId}'");
        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == 0);
        Assert.Equal([1, 2, 3], Announced(options).Where(n => n.Key == "a").Select(n => n.Number));
    }

    private static OutboxMessage Row(NoteServiceOptions options, string key, int number, byte[]? data = null) => new()
    {
        EventId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
        Topic = options.Topic,
        Key = key,
        Type = Noted.Type,
        Time = TimeProvider.System.GetUtcNow(),
        CorrelationId = "test",
        CausationId = "test",
        Data = data ?? JsonSerializer.SerializeToUtf8Bytes(new Noted(key, number), NotedJson.Default.Noted),
    };

    private static async Task<long> BucketOwnersAsync(NoteService service) => (long)(await service.QueryAsync(
        $"""
        SELECT count(DISTINCT pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = {OutboxBuckets.BucketClass}
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """))!;

    private static List<Noted> Announced(NoteServiceOptions options) =>
        Records.ReadAll(options.Kafka, options.Topic, Partitions)
            .ConvertAll(record => JsonSerializer.Deserialize(record.Message.Value, NotedJson.Default.Noted)!);
}
