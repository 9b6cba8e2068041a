using System.Text;
using Confluent.Kafka;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Reconciliation;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;

namespace EventDriven.Tests.Messaging;

/// <summary>
/// Events of several sources on one topic: each event is its source and its id, whatever the id looks like (laws L6 and L8).
/// </summary>
public sealed class EventSourceTests(Servers servers)
{
    private const string NoRedis = "127.0.0.1:1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task An_id_that_another_source_has_used_silences_no_event(bool withoutRedis, bool offsetsInDatabase)
    {
        var options = await OptionsAsync(withoutRedis) with { OffsetsInDatabase = offsetsInDatabase };
        var id = NewId();
        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [
                Records.Of(new Noted("a", 1), id, source: "/orders"),
                Records.Of(new Noted("a", 2), id, source: "/payments"),
                Records.Of(new Noted("b", 3), id, source: "/stock"),
            ],
            Token);

        await using var service = await NoteService.StartAsync(options, Token);

        var effects = await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 3);
        Assert.Equal([1, 2, 3], effects.Select(effect => effect.Number).Order());
        var report = await Eventually.GetAsync(() => options.ReconcileAsync(), report => report.Count(EventFate.Handled) == 3);
        Assert.False(report.IsWrong);
    }

    /// <summary>While the group reads on, and when it comes back and Redis is asked first.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task An_identity_that_comes_again_with_other_content_has_no_effect_and_is_told(bool withoutRedis, bool restarted)
    {
        var log = new LoggedLines();
        var options = await OptionsAsync(withoutRedis) with { Log = log };
        using var altered = new Metered("messaging.process.altered", options.Group!);
        var id = NewId();
        var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1), id)], Token);
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);
        if (restarted)
        {
            await service.DisposeAsync();
        }

        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            [Records.Of(new Noted("a", 2), id), Records.Of(new Noted("a", 1), id), Records.Of(new Noted("a", 3))],
            Token);
        service = restarted ? await NoteService.StartAsync(options, Token) : service;
        await using (service)
        {
            var effects = await Eventually.GetAsync(service.EffectsAsync, effects => effects.Exists(effect => effect.Number == 3));

            Assert.Equal([1, 3], effects.Select(effect => effect.Number));
            await Eventually.TrueAsync(() => altered.Counted == 1);
            Assert.Single(
                log.Lines, line => line.Contains(id, StringComparison.Ordinal) && line.Contains("has no effect", StringComparison.Ordinal));
            var report = await Eventually.GetAsync(() => options.ReconcileAsync(), report => report.Count(EventFate.Handled) == 3);
            Assert.Equal((1, true), (report.Count(EventFate.Altered), report.IsWrong));
            Assert.Equal((id, 1L), (Assert.Single(report.Altered).EventId, report.Altered[0].Offset));
        }
    }

    [Fact]
    public async Task A_redrive_of_an_event_whose_identity_was_used_again_is_told()
    {
        var options = await OptionsAsync(withoutRedis: false) with
        {
            Retry = new() { Attempts = 1 },
            Behaviour = (context, _) => context.Data.Key == "a" ? throw new InvalidOperationException("not yet") : Task.CompletedTask,
        };
        using var altered = new Metered("messaging.process.altered", options.Group!);
        var id = NewId();
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(
            options.Kafka, options.Topic, [Records.Of(new Noted("a", 1), id), Records.Of(new Noted("b", 2), id)], Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        await Eventually.TrueAsync(async () =>
            await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token) is [{ Key: "a" }]);
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);

        await admin.RedriveAsync(new DeadLetterFilter(Key: "a"), "test", TimeProvider.System.GetUtcNow(), Token);

        await Eventually.TrueAsync(async () =>
            await admin.ListAsync(new DeadLetterFilter(), includeResolved: true, 10, Token) is [{ State: DeadLetterState.Redriven }]);
        await Eventually.TrueAsync(() => altered.Counted == 1);
    }

    [Fact]
    public async Task What_is_discarded_of_one_source_is_applied_of_another()
    {
        var options = await OptionsAsync(withoutRedis: false) with
        {
            Retry = new() { Attempts = 1 },
            Behaviour = (context, _) => context.Envelope.Source == "/orders"
                ? throw new InvalidOperationException("never")
                : Task.CompletedTask,
        };
        var id = NewId();
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1), id, source: "/orders")], Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        var parked = await Eventually.GetAsync(
            () => admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token), letters => letters.Count == 1);
        Assert.Equal((id, "/orders"), (parked[0].EventId, parked[0].Source));

        await admin.DiscardAsync(parked[0].Id, "never", "test", TimeProvider.System.GetUtcNow(), Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("b", 2), id, source: "/payments")], Token);

        Assert.Equal(2, Assert.Single(await Eventually.GetAsync(service.EffectsAsync, effects => effects.Count == 1)).Number);
    }

    /// <summary>
    /// The broken event and the repaired one have the same identity; to give up the one must not silence the other unnoticed.
    /// </summary>
    [Fact]
    public async Task What_has_the_identity_of_a_discarded_event_and_says_something_else_is_told()
    {
        var options = await OptionsAsync(withoutRedis: false) with
        {
            Retry = new() { Attempts = 1 },
            Behaviour = (context, _) => context.Data.Number == 1 ? throw new InvalidOperationException("never") : Task.CompletedTask,
        };
        using var altered = new Metered("messaging.process.altered", options.Group!);
        var id = NewId();
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("a", 1), id)], Token);
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        var parked = await Eventually.GetAsync(
            () => admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token), letters => letters.Count == 1);

        await admin.DiscardAsync(parked[0].Id, "broken", "test", TimeProvider.System.GetUtcNow(), Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, [Records.Of(new Noted("b", 2), id)], Token);

        await Eventually.TrueAsync(() => Task.FromResult(altered.Counted == 1));
    }

    /// <summary>As another system's producer writes them: ids of its own, no time, and in either content mode.</summary>
    [Fact]
    public async Task Events_of_strangers_are_applied_once()
    {
        var options = await OptionsAsync(withoutRedis: false);
        var named = Records.Of(new Noted("a", 1), "Order 7/1");
        var timeless = Records.Of(new Noted("b", 2), "7");
        timeless.Headers.Remove("ce_time");
        var structured = new Message<byte[], byte[]>
        {
            Key = "c"u8.ToArray(),
            Value = Encoding.UTF8.GetBytes(
                $$"""
                { "specversion": "1.0", "id": "8", "source": "/shop", "type": "{{Noted.Type}}", "data": { "key": "c", "number": 3 } }
                """),
            Headers = new Headers { { "content-type", "application/cloudevents+json"u8.ToArray() } },
        };
        await using var service = await NoteService.StartAsync(options, Token);

        await Records.ProduceAsync(options.Kafka, options.Topic, [named, timeless, structured, named, timeless, structured], Token);

        await Eventually.GetAsync(() => ReconcileRegisteredAsync(options), report => report?.Count(EventFate.Handled) == 6);
        Assert.Equal([1, 2, 3], (await service.EffectsAsync()).Select(effect => effect.Number).Order());
    }

    private static async Task<GroupReport?> ReconcileRegisteredAsync(NoteServiceOptions options)
    {
        var report = await Reconciling.ReconcileAsync(options.Kafka, [options.Database], TimeProvider.System.GetUtcNow().AddHours(-1));
        return report.Groups.SingleOrDefault();
    }

    private async Task<NoteServiceOptions> OptionsAsync(bool withoutRedis)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        return withoutRedis ? options with { Redis = NoRedis } : options;
    }

    private static string NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
}
