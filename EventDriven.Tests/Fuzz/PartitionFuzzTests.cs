using System.Globalization;
using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Fuzz;

/// <summary>A group that is sent records of every kind handles the good ones in their order, keeps the others, and stops nowhere.</summary>
public sealed class PartitionFuzzTests(Servers servers)
{
    private const int Keys = 10;
    private const int Bad = 400;
    private const int Good = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_record_stops_a_partition(bool batches)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with
        {
            Batches = batches,
            Log = new LoggedLines(),

            // Data that can be read and not stored is the handler's failure, which this is not about.
            MaxFailureRate = 1,
        };
        await using var service = await NoteService.StartAsync(options, Token);
        var bad = Enumerable.Range(0, Bad * FuzzSettings.Times).Select(Fuzzed).ToList();
        var good = Enumerable.Range(0, Good).Select(n => Records.Of(new Noted($"good-{n % Keys}", n)));

        await Records.ProduceAsync(options.Kafka, options.Topic, Mixed(bad, [.. good]), Token);

        var expected = Enumerable.Range(0, Good).ToLookup(n => $"good-{n % Keys}");
        var effects = await Eventually.GetAsync(
            async () => (await service.EffectsAsync()).Where(e => e.Key.StartsWith("good-", StringComparison.Ordinal)).ToList(),
            found => found.Count >= Good,
            TimeSpan.FromSeconds(60));
        Assert.All(effects.ToLookup(e => e.Key, e => e.Number), key => Assert.Equal(expected[key.Key], key));
        await ReachesTheEndAsync(options);

        // Those behind another of their key are dead letters, too.
        var deadLetters = await service.QueryAsync("SELECT count(*) FROM messaging.dead_letters");
        Assert.InRange(Convert.ToInt32(deadLetters, CultureInfo.InvariantCulture), bad.Count(message => !IsRead(message)), bad.Count);
        Assert.DoesNotContain(options.Log.Entries, entry => entry.Level >= LogLevel.Critical);
    }

    private static Message<byte[], byte[]> Fuzzed(int number)
    {
        var fuzz = new FuzzCase(FuzzSettings.Seed, number);
        var key = $"bad-{number % 40}";
        var valid = RecordMutations.Valid(
            Noted.Type, key, $$"""{"key":"{{key}}","number":{{number}},"text":"once"}""", $"fuzz-{number}");
        var message = fuzz.Chance(70) ? fuzz.BinaryRecord(valid) : fuzz.StructuredRecord(valid);

        // A broker refuses some times.
        message.Timestamp = Timestamp.Default;
        return message;
    }

    private static IEnumerable<Message<byte[], byte[]>> Mixed(
        IReadOnlyList<Message<byte[], byte[]>> bad, IReadOnlyList<Message<byte[], byte[]>> good)
    {
        var sent = 0;
        for (var i = 0; i < bad.Count; i++)
        {
            yield return bad[i];
            for (; sent < (i + 1L) * good.Count / bad.Count; sent++)
            {
                yield return good[sent];
            }
        }
    }

    // As the group reads it; what is of no type that it handles, it passes over.
    private static bool IsRead(Message<byte[], byte[]> message)
    {
        try
        {
            var read = KafkaBinding.Read(message);
            if (read.Envelope.Type == Noted.Type)
            {
                read.RequireSchema(new NamedSchema(Noted.Type));
                _ = EventDriven.Messaging.Consuming.EventBinding.Of<Noted, NoteHandler>(NotedJson.Default.Noted).Read(read.Data);
            }

            return true;
        }
        catch (UnreadableEventException)
        {
            return false;
        }
    }

    private static async Task ReachesTheEndAsync(NoteServiceOptions options)
    {
        await using var database = await options.OpenDatabaseAsync(Token);
        var group = Assert.Single(await new GroupAdmin(database).ListAsync(Token));
        using var admin = KafkaAdmin.Open(KafkaSettings.Parse(options.Kafka));
        await Eventually.TrueAsync(async () =>
        {
            var bounds = await PartitionBounds.ReadAsync(admin.Client, group.Topics, Token);
            var positions = await GroupPositions.ReadAsync(admin, database, group, [.. bounds.Keys], Token);
            return bounds.All(bound => positions.GetValueOrDefault(bound.Key) == bound.Value.High);
        });
    }
}
