using EventDriven.Messaging.Events;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging;

/// <summary>Events that wait share a transaction; the laws hold for each of them all the same.</summary>
public sealed class BatchTests(Servers servers)
{
    private const string NoRedis = "127.0.0.1:1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Events_that_wait_share_transactions_and_each_key_keeps_its_order(bool batches, bool offsetsInDatabase)
    {
        const int Keys = 40;
        const int EventsAKey = 10;
        var options = await OptionsAsync(batches) with { OffsetsInDatabase = offsetsInDatabase };
        await ProduceAsync(options, Notes(Keys, EventsAKey));

        await using var service = await NoteService.StartAsync(options, Token);

        var effects = await Eventually.GetAsync(service.EffectsAsync, e => e.Count >= Keys * EventsAKey);
        AssertEachOnceInOrder(effects, Keys, EventsAKey);
        Assert.InRange(await TransactionsAsync(service), 1, Keys * EventsAKey / 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_that_fails_among_200_others_holds_up_only_its_key(bool batches)
    {
        const int Keys = 100;
        const int EventsAKey = 2;
        var broken = true;
        var options = await OptionsAsync(batches) with
        {
            Behaviour = (context, _) => broken && context.Data is { Key: "bad", Number: 2 }
                ? throw new InvalidOperationException("The handler fails.")
                : Task.CompletedTask,
        };

        // In the midst, where the first events of a new process have been slow and what follows shares transactions.
        var others = Notes(Keys, EventsAKey).OrderBy(note => note.Key, StringComparer.Ordinal).ThenBy(note => note.Number).ToList();
        await ProduceAsync(options, [.. others[..120], new("bad", 1), new("bad", 2), new("bad", 3), .. others[120..]]);

        await using var service = await NoteService.StartAsync(options, Token);

        var before = await Eventually.GetAsync(service.EffectsAsync, e => e.Count >= (Keys * EventsAKey) + 1);
        AssertEachOnceInOrder(before.Where(e => e.Key != "bad"), Keys, EventsAKey);
        Assert.DoesNotContain(before, e => e is { Key: "bad", Number: > 1 });

        broken = false;
        var after = await Eventually.GetAsync(service.EffectsAsync, e => e.Exists(n => n is { Key: "bad", Number: 3 }));
        Assert.Equal([1, 2, 3], after.Where(e => e.Key == "bad").Select(e => e.Number));
        Assert.Equal((Keys * EventsAKey) + 3, after.Count);
    }

    /// <summary>Some of what waits was applied before, and Redis knows nothing: only the rest is applied, in its order.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_that_are_delivered_again_among_new_ones_are_left_out(bool batches)
    {
        const int Keys = 4;
        const int EventsAKey = 20;
        var options = await OptionsAsync(batches) with { Redis = NoRedis };
        var records = Notes(Keys, EventsAKey).Select(note => (note.Number, Record: Records.Of(note))).ToList();
        var old = records.Where(r => r.Number % 2 == 0).Select(r => r.Record).ToList();
        var first = records.Where(r => r.Number <= EventsAKey / 2).Select(r => r.Record).ToList();
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await Records.ProduceAsync(options.Kafka, options.Topic, first, Token);
            await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == first.Count);
        }

        // All of them, and some of them twice in a row.
        await Records.ProduceAsync(
            options.Kafka,
            options.Topic,
            records.SelectMany(r => old.Contains(r.Record) ? [r.Record, r.Record] : new[] { r.Record }),
            Token);
        await using var again = await NoteService.StartAsync(options, Token);

        await Eventually.TrueAsync(async () => (await again.EffectsAsync()).Exists(e => e.Number == EventsAKey));
        await ProduceAsync(options, [.. Enumerable.Range(0, Keys).Select(key => new Noted($"key-{key}", EventsAKey + 1))]);
        var effects = await Eventually.GetAsync(again.EffectsAsync, e => e.Count(n => n.Number == EventsAKey + 1) == Keys);
        AssertEachOnceInOrder(effects, Keys, EventsAKey + 1);
        Assert.InRange(await TransactionsAsync(again), 1, effects.Count - 1);
    }

    /// <summary>
    /// The inbox takes rows without looking for them first while none of them can be known. Another producer's retry, or a log that was
    /// copied, brings some all the same, and Redis knows nothing.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_that_come_again_when_none_is_expected_are_left_out(bool offsetsInDatabase)
    {
        const int Keys = 4;
        const int EventsAKey = 10;
        var options = await OptionsAsync(batches: true) with { Redis = NoRedis, OffsetsInDatabase = offsetsInDatabase };
        var records = Notes(Keys, EventsAKey).Select(note => Records.Of(note)).ToList();
        await using var service = await NoteService.StartAsync(options, Token);
        await Records.ProduceAsync(options.Kafka, options.Topic, records[..(records.Count / 2)], Token);
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == records.Count / 2);
        await ProduceAsync(options, [new("new", 1)]);
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Exists(e => e.Key == "new"));

        await Records.ProduceAsync(options.Kafka, options.Topic, records, Token);

        var effects = await Eventually.GetAsync(service.EffectsAsync, e => e.Count > records.Count);
        AssertEachOnceInOrder(effects.Where(e => e.Key != "new"), Keys, EventsAKey);
        Assert.Equal(records.Count + 1, effects.Count);
        Assert.Equal(0L, await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters"));
    }

    [Fact]
    public async Task What_is_announced_within_Enter_carries_the_correlation_of_the_event_that_caused_it()
    {
        const int Keys = 2;
        const int EventsAKey = 50;
        var options = await OptionsAsync(batches: true) with
        {
            Announce = (contexts, outbox) =>
            {
                foreach (var context in contexts.Where(c => c.Data.Number <= EventsAKey))
                {
                    using var entered = context.Enter();
                    outbox.Add(context.Data with { Number = context.Data.Number + EventsAKey }, TimeProvider.System.GetUtcNow());
                }
            },
        };
        var causes = Notes(Keys, EventsAKey).Select(note => Records.Of(note, correlationId: $"{note.Key}-{note.Number}")).ToList();
        await Records.ProduceAsync(options.Kafka, options.Topic, causes, Token);

        await using var service = await NoteService.StartAsync(options, Token);

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count(e => e.Number > EventsAKey) == Keys * EventsAKey);
        Assert.InRange(await TransactionsAsync(service, $"number <= {EventsAKey}"), 1, (Keys * EventsAKey) - 1);
        var announced = Records.ReadAll(options.Kafka, options.Topic, 1)
            .ConvertAll(r => KafkaBinding.Read(r.Message).Envelope)
            .Where(e => e.Source == "/notes");
        Assert.Equal(
            causes.Select(record => KafkaBinding.Read(record).Envelope)
                .Select(cause => (cause.Subject, cause.CorrelationId, cause.Id))
                .Order(),
            announced.Select(e => (e.Subject, e.CorrelationId, e.CausationId)).Order());
    }

    /// <summary>Even a batch of one: the mistake must not show only under load.</summary>
    [Fact]
    public async Task What_is_announced_outside_of_Enter_is_refused()
    {
        Exception? refusal = null;
        var options = await OptionsAsync(batches: true) with
        {
            Announce = (contexts, outbox) =>
                refusal = Record.Exception(() => outbox.Add(contexts[0].Data with { Number = 2 }, TimeProvider.System.GetUtcNow())),
        };
        await ProduceAsync(options, [new("a", 1)]);

        await using var service = await NoteService.StartAsync(options, Token);

        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count > 0);
        Assert.Contains("Enter()", Assert.IsType<InvalidOperationException>(refusal).Message, StringComparison.Ordinal);
    }

    // One partition: what waits can then be read at once.
    private async Task<NoteServiceOptions> OptionsAsync(bool batches) =>
        await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with { Batches = batches };

    private static IEnumerable<Noted> Notes(int keys, int eventsAKey) =>
        Enumerable.Range(1, eventsAKey).SelectMany(number => Enumerable.Range(0, keys).Select(key => new Noted($"key-{key}", number)));

    private static Task ProduceAsync(NoteServiceOptions options, IEnumerable<Noted> notes) =>
        Records.ProduceAsync(options.Kafka, options.Topic, notes.Select(note => Records.Of(note)), Token);

    private static void AssertEachOnceInOrder(IEnumerable<Effect> effects, int keys, int eventsAKey)
    {
        var byKey = effects.GroupBy(e => e.Key, StringComparer.Ordinal).ToList();
        Assert.Equal(keys, byKey.Count);
        Assert.All(byKey, key => Assert.Equal(Enumerable.Range(1, eventsAKey), key.Select(e => e.Number)));
    }

    private static async Task<int> TransactionsAsync(NoteService service, string where = "true") =>
        (int)(long)(await service.QueryAsync($"SELECT count(DISTINCT xmin::text) FROM effects WHERE {where}"))!;
}
