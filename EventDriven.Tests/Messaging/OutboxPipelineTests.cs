using System.Diagnostics;
using System.Text.Json;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Storage.Outbox;
using EventDriven.Tests.Messaging.Host;
using Microsoft.EntityFrameworkCore;

namespace EventDriven.Tests.Messaging;

/// <summary>Laws L3 and L5 while several batches of the outbox are on their way at once.</summary>
public sealed class OutboxPipelineTests(Servers servers)
{
    private const int Partitions = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_keep_their_order_while_one_commits_late_and_one_is_refused()
    {
        const int Keys = 20;
        const int EventsAKey = 15;
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null, OutboxBatchSize = 4 };
        await using var late = new TestDatabase(TestDatabaseOptions.For(options.Database));
        await using var transaction = await late.Database.BeginTransactionAsync(Token);
        await AddAsync(late, Row(options, "late", 1));
        await using var stored = new TestDatabase(TestDatabaseOptions.For(options.Database));
        var refused = Row(options, "refused", 1, new byte[RecordLimits.MaxBytes + 1]);
        await AddAsync(stored, refused);
        for (var number = 1; number <= EventsAKey; number++)
        {
            await AddAsync(
                stored,
                [Row(options, "refused", number + 1), .. Enumerable.Range(0, Keys).Select(key => Row(options, $"key-{key}", number))]);
        }

        await using var service = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(() => Announced(options).Count > Keys);

        // The lowest number of all becomes visible after the relay has gone far past it, and is followed by a higher one of its key.
        await transaction.CommitAsync(Token);
        await service.AnnounceAsync(Token, new Noted("late", 2), new Noted("key-0", EventsAKey + 1));
        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == EventsAKey + 1);

        Assert.Equal([1, 2], NumbersOf(options, "late"));
        Assert.Equal(Enumerable.Range(1, EventsAKey + 1), NumbersOf(options, "key-0"));
        Assert.All(Enumerable.Range(1, Keys - 1), key => Assert.Equal(Enumerable.Range(1, EventsAKey), NumbersOf(options, $"key-{key}")));
        Assert.Empty(NumbersOf(options, "refused"));

        await service.QueryAsync(
            $"UPDATE messaging.outbox SET data = '{{\"key\":\"refused\",\"number\":1}}' WHERE event_id = '{refused.EventId}'");
        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == 0);
        Assert.Equal(Enumerable.Range(1, EventsAKey + 1), NumbersOf(options, "refused"));
    }

    [Fact]
    public async Task What_comes_behind_an_event_that_the_broker_has_not_answered_for_waits_because_it_may_refuse_it()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, servers.NoKafkaLogOnDisk ?? "");
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null, OutboxBatchSize = 1 };
        await servers.ConfigureTopicAsync(options.Topic, "max.message.bytes", $"{20_000}", Token);
        await using var stored = new TestDatabase(TestDatabaseOptions.For(options.Database));
        var refused = Row(options, "a", 1, JsonSerializer.SerializeToUtf8Bytes(new Noted("a", 1, Noise(100_000)), NotedJson.Default.Noted));
        await AddAsync(stored, refused);
        await AddAsync(stored, Row(options, "a", 2), Row(options, "a", 3), Row(options, "b", 1));

        await using var service = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(() => NumbersOf(options, "b").Count == 1);
        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == 3);
        Assert.Empty(NumbersOf(options, "a"));

        await service.QueryAsync(
            $"UPDATE messaging.outbox SET data = '{{\"key\":\"a\",\"number\":1}}' WHERE event_id = '{refused.EventId}'");
        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == 0);
        Assert.Equal([1, 2, 3], NumbersOf(options, "a"));
    }

    /// <summary>As in an outage of the broker: each read would bring the same rows.</summary>
    [Fact]
    public async Task What_has_to_wait_for_an_answer_is_not_read_again_and_again()
    {
        const int Others = 20;
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Group = null,
            OutboxBatchSize = 2,
            Kafka = "127.0.0.1:1",
        };
        await using (var stored = new TestDatabase(TestDatabaseOptions.For(options.Database)))
        {
            await AddAsync(stored, [.. Enumerable.Range(1, 6).Select(number => Row(options, "a", number))]);
        }

        var started = Stopwatch.GetTimestamp();
        await using (await NoteService.StartAsync(options, Token))
        {
            await Eventually.TrueAsync(() => Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(3));
        }

        // Once a poll; the outbox is measured besides.
        var polls = (long)(Stopwatch.GetElapsedTime(started) / TimeSpan.FromMilliseconds(options.OutboxPollMs));
        Assert.InRange(await options.CountScansAsync("outbox", Token), 1, polls + Others);
    }

    [Fact]
    public async Task A_relay_that_dies_between_acknowledgement_and_deletion_sends_again_and_loses_nothing()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { Group = null };
        await using var stored = new TestDatabase(TestDatabaseOptions.For(options.Database));
        await AddAsync(stored, Row(options, "a", 1), Row(options, "a", 2));

        // Whoever holds a row doesn't keep it from being sent, but from being deleted.
        await using var holder = new TestDatabase(TestDatabaseOptions.For(options.Database));
        await using var holding = await holder.Database.BeginTransactionAsync(Token);
        await holder.Database.ExecuteSqlRawAsync("SELECT 1 FROM messaging.outbox FOR UPDATE", Token);
        await using var service = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(async () => (long)(await service.QueryAsync(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%DELETE FROM messaging.outbox%'
                AND pid <> pg_backend_pid()
            """))! == 1);
        Assert.Equal(2, await service.OutboxDepthAsync());

        await holding.RollbackAsync(Token);
        await service.AnnounceAsync(Token, new Noted("a", 3));
        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == 0);
        Assert.Equal([1, 2, 1, 2, 3], NumbersOf(options, "a"));
    }

    private static async Task AddAsync(TestDatabase database, params OutboxMessage[] rows)
    {
        database.AddRange(rows);
        await database.SaveChangesAsync(Token);
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

    // What compression can't make small.
    private static string Noise(int bytes)
    {
        var noise = new byte[bytes];
        System.Security.Cryptography.RandomNumberGenerator.Fill(noise);
        return Convert.ToBase64String(noise);
    }

    private static List<int> NumbersOf(NoteServiceOptions options, string key) =>
        Announced(options).FindAll(note => note.Key == key).ConvertAll(note => note.Number);

    private static List<Noted> Announced(NoteServiceOptions options) =>
        Records.ReadAll(options.Kafka, options.Topic, Partitions)
            .ConvertAll(record => JsonSerializer.Deserialize(record.Message.Value, NotedJson.Default.Noted)!);
}
