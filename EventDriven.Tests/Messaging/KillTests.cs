using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Tests.Messaging.Host;
using Npgsql;

namespace EventDriven.Tests.Messaging;

/// <summary>Three instances that are killed again and again, with a handler that fails at random.</summary>
public sealed class KillTests(Servers servers)
{
    private const int Keys = 40;
    private const int EventsAKey = 25;
    private const int Instances = 3;
    private const int Kills = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Kills_random_failures_and_rebalances_neither_lose_double_nor_reorder(bool batches, bool offsetsInDatabase)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 6) with
        {
            Batches = batches,
            OffsetsInDatabase = offsetsInDatabase,
            MaxFailureRate = 1,
        };
        await using var database = await options.OpenDatabaseAsync(Token);
        var admin = new DeadLetterAdmin(database);
        var instances = new Queue<NoteProcess>(Enumerable.Range(0, Instances).Select(_ => NoteProcess.Start(options, failureRate: 0.3)));
        try
        {
            for (var kill = 1; kill <= Kills; kill++)
            {
                await Records.ProduceAsync(options.Kafka, options.Topic, Notes(kill), Token);

                // In the middle of what it does: something of this part is applied or stored, and more is to come.
                await Eventually.TrueAsync(
                    async () => await SeenAsync(database) > Keys * (kill - 1) * EventsAKey / Kills, TimeSpan.FromSeconds(60));
                instances.Dequeue().Dispose();
                instances.Enqueue(NoteProcess.Start(options, failureRate: 0.3));
                await admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token);
            }

            await Eventually.TrueAsync(async () => await SeenAsync(database) >= Keys * EventsAKey, TimeSpan.FromSeconds(120));
        }
        finally
        {
            foreach (var instance in instances)
            {
                instance.Dispose();
            }
        }

        // What is repaired now is redriven until nothing is left.
        await using var repaired = await NoteService.StartAsync(options, Token);
        await Eventually.TrueAsync(
            async () =>
            {
                await admin.RedriveAsync(new DeadLetterFilter(), "test", TimeProvider.System.GetUtcNow(), Token);
                return (await admin.ListAsync(new DeadLetterFilter(), includeResolved: false, 1, Token)).Count == 0;
            },
            TimeSpan.FromSeconds(120));
        await Eventually.TrueAsync(async () => (await repaired.EffectsAsync()).Count >= Keys * EventsAKey, TimeSpan.FromSeconds(60));
        var effects = await repaired.EffectsAsync();
        Assert.Equal(Keys * EventsAKey, effects.Count);
        Assert.All(effects.GroupBy(e => e.Key, StringComparer.Ordinal), key =>
            Assert.Equal(Enumerable.Range(1, EventsAKey), key.Select(e => e.Number)));
    }

    // Each key's next events.
    private static IEnumerable<Confluent.Kafka.Message<byte[], byte[]>> Notes(int part) =>
        Enumerable.Range(1 + ((part - 1) * EventsAKey / Kills), EventsAKey / Kills)
            .SelectMany(number => Enumerable.Range(0, Keys).Select(key => Records.Of(new Noted($"key-{key}", number))));

    /// <summary>How many events are applied or stored as dead letters.</summary>
    private static async Task<long> SeenAsync(NpgsqlConnection database)
    {
        await using var command = new NpgsqlCommand(
            "SELECT (SELECT count(*) FROM effects) + (SELECT count(*) FROM messaging.dead_letters WHERE state IN ('parked', 'redriving'))",
            database);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
