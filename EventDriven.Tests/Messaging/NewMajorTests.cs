using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Reconciliation;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging;

/// <summary>
/// Laws L5, L6 and L7: while a producer publishes a fact in two major versions, a consumer moves from one to the other, and nothing is
/// lost, doubled or reordered.
/// </summary>
public sealed class NewMajorTests(Servers servers)
{
    private const int Keys = 20;

    private static readonly string[] AllKeys = [.. Enumerable.Range(0, Keys).Select(key => $"key-{key}")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// The producer is updated instance by instance, and so is the consumer: its old and its new version read side by side for a while.
    /// </summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_consumer_moves_while_events_keep_coming(bool leases, bool offsetsInDatabase)
    {
        var first = await NoteServiceOptions.CreateAsync(servers, Token) with { Leases = leases, OffsetsInDatabase = offsetsInDatabase };
        var next = first with { Topic = await servers.CreateTopicAsync(3, Token), ReadsNextMajor = true, Publishes = false };
        var producer = (await NoteServiceOptions.CreateAsync(servers, Token)) with { Topic = first.Topic, Group = null };
        using var altered = new Metered("messaging.process.altered", first.Group!);
        await using var oldConsumer = await NoteService.StartAsync(first with { Publishes = false }, Token);
        var oldProducer = await NoteService.StartAsync(producer, Token);
        var number = 0;

        await AnnounceAsync(oldProducer, rounds: 5);
        var bothProducer = await NoteService.StartAsync(producer with { AlsoPublishesTo = next.Topic }, Token);
        for (var round = 0; round < 3; round++)
        {
            await AnnounceAsync(oldProducer, rounds: 1);
            await AnnounceAsync(bothProducer, rounds: 1);
        }

        await oldProducer.DisposeAsync();
        await AnnounceAsync(bothProducer, rounds: 5);
        await Eventually.TrueAsync(async () => (await oldConsumer.EffectsAsync()).Count == number * Keys);
        var announcing = AnnounceAsync(bothProducer, rounds: 20);
        await using var newConsumer = await NoteService.StartAsync(next, Token);
        await announcing;
        announcing = AnnounceAsync(bothProducer, rounds: 20);
        await oldConsumer.DisposeAsync();
        await announcing;

        await Eventually.TrueAsync(async () => (await newConsumer.EffectsAsync()).Count >= number * Keys);
        var effects = await newConsumer.EffectsAsync();
        Assert.All(AllKeys, key => Assert.Equal(
            Enumerable.Range(1, number), effects.Where(effect => effect.Key == key).Select(effect => effect.Number)));
        Assert.Equal(number * Keys, effects.Count);
        Assert.Equal(0, altered.Counted);
        var report = await Eventually.GetAsync(() => next.ReconcileAsync(), report => report.Count(EventFate.InFlight) == 0);
        Assert.False(report.IsWrong);
        await bothProducer.DisposeAsync();

        async Task AnnounceAsync(NoteService service, int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                number++;
                await service.AnnounceAsync(Token, [.. AllKeys.Select(key => new Noted(key, number))]);
            }
        }
    }

    [Fact]
    public async Task Both_versions_have_one_id_one_key_and_one_place_in_the_order()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Group = null,
            AlsoPublishesTo = await servers.CreateTopicAsync(3, Token),
        };
        await using var service = await NoteService.StartAsync(options, Token);

        await service.AnnounceAsync(Token, new Noted("a", 1), new Noted("b", 2), new Noted("a", 3));

        await Eventually.TrueAsync(async () => await service.OutboxDepthAsync() == 0);
        var (former, next) = (Read(options.Topic), Read(options.AlsoPublishesTo));
        Assert.Equal(3, former.Count);
        Assert.Equal(former.Select(e => (e.Key, e.Id)), next.Select(e => (e.Key, e.Id)));
        Assert.Equal("""{"key":{"value":"a"},"number":1}""", next[0].Data);

        List<(string Key, string Id, string Data)> Read(string topic) => [.. Records.ReadAll(options.Kafka, topic, 3)
            .Select(record => record.Message)
            .Select(message => (
                Key: System.Text.Encoding.UTF8.GetString(message.Key),
                Id: System.Text.Encoding.UTF8.GetString(message.Headers.GetLastBytes("ce_id")),
                Data: System.Text.Encoding.UTF8.GetString(message.Value)))
            .OrderBy(e => e.Key, StringComparer.Ordinal)];
    }

    /// <summary>What the old program parks while the new one works is applied from its other version.</summary>
    [Fact]
    public async Task What_is_parked_in_one_version_and_applied_in_the_other_can_be_discarded()
    {
        var first = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            AlsoPublishesTo = await servers.CreateTopicAsync(3, Token),
            Retry = new() { Attempts = 1 },
            Behaviour = (_, _) => throw new InvalidOperationException("never"),
        };
        await using var old = await NoteService.StartAsync(first, Token);
        await old.AnnounceAsync(Token, new Noted("a", 1), new Noted("a", 2));
        await using var database = await first.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        var parked = await Eventually.GetAsync(
            () => admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token), deadLetters => deadLetters.Count == 2);

        var next = first with { Topic = first.AlsoPublishesTo, AlsoPublishesTo = null, ReadsNextMajor = true, Publishes = false };
        await using var moved = await NoteService.StartAsync(next, Token);
        await Eventually.TrueAsync(async () => (await moved.EffectsAsync()).Count == 2);
        await admin.DiscardAsync([.. parked.Select(p => p.Id)], "moved", "test", TimeProvider.System.GetUtcNow(), Token);

        Assert.Equal([1, 2], (await moved.EffectsAsync()).Select(effect => effect.Number));
        Assert.False((await Eventually.GetAsync(() => next.ReconcileAsync(), report => report.Count(EventFate.InFlight) == 0)).IsWrong);
    }

    /// <summary>An operator's decision about an event holds for its other version, and is no contradiction of it.</summary>
    [Fact]
    public async Task What_was_discarded_in_one_version_has_no_effect_in_the_other()
    {
        var first = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            AlsoPublishesTo = await servers.CreateTopicAsync(3, Token),
            Retry = new() { Attempts = 1 },
            Behaviour = (context, _) => context.Data.Number == 1 ? throw new InvalidOperationException("never") : Task.CompletedTask,
        };
        using var altered = new Metered("messaging.process.altered", first.Group!);
        await using (var service = await NoteService.StartAsync(first, Token))
        {
            await service.AnnounceAsync(Token, new Noted("a", 1), new Noted("b", 2));
            await using var database = await first.OpenDatabaseAsync(Token);
            var admin = new DeadLetterAdmin(database);
            var parked = await Eventually.GetAsync(
                () => admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token), deadLetters => deadLetters.Count == 1);
            await admin.DiscardAsync([parked[0].Id], "test", "test", TimeProvider.System.GetUtcNow(), Token);
            await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);
        }

        var next = first with { Topic = first.AlsoPublishesTo, AlsoPublishesTo = null, ReadsNextMajor = true, Publishes = false };
        await using var moved = await NoteService.StartAsync(next, Token);
        var report = await Eventually.GetAsync(
            () => next.ReconcileAsync(), report => report.Published == 2 && report.Count(EventFate.InFlight) == 0);

        Assert.Equal([2], (await moved.EffectsAsync()).Select(effect => effect.Number));
        Assert.Equal((0L, false), (altered.Counted, report.IsWrong));
    }
}
