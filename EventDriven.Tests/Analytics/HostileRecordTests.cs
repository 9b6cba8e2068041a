using System.Text;
using System.Text.Json;
using Analytics.Worker.Journeys;
using Confluent.Kafka;
using EventDriven.Contracts;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;
using Npgsql;
using Facts = EventDriven.Contracts.Receipts;

namespace EventDriven.Tests.Analytics;

/// <summary>What somebody may write on the topics that Analytics reads.</summary>
public sealed class HostileRecordTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_placement_of_an_order_with_another_total_is_a_dead_letter_and_no_overwrite()
    {
        var topic = await servers.CreateTopicAsync(1, Token);
        var placed = Orders.Placed(Orders.NewId(), ("mug-blue", 1));
        var others = Enumerable.Range(0, 20).Select(_ => Orders.Placed(Orders.NewId(), ("mug-blue", 1)));

        // Before it reads, so that all come in one batch.
        await Records.ProduceAsync(
            servers.Kafka,
            topic,
            [.. others.Prepend(placed).Append(placed with { Total = 9_999 }).Append(placed)
                .Select(order => Record(EventTypes.OrderPlaced, $"{order.OrderId}", order))],
            Token);
        await using var analytics = await AnalyticsHost.StartAsync(servers, topic, $"analytics-{topic}");

        await using var database = await OpenAsync(analytics);
        var letters = await Eventually.GetAsync(
            () => new DeadLetterAdmin(database).ListAsync(new DeadLetterFilter(), includeResolved: false, 10, Token),
            found => found.Count == 2);
        Assert.Equal(
            [(DeadLetterReason.Contradictory, "total: the order was placed with another before."), (DeadLetterReason.Behind, null)],
            letters.Select(letter => (letter.Reason, letter.ErrorMessage)));
        Assert.Equal(["21 orders of 2.5"], await analytics.QueryAsync("SELECT concat(count(*), ' orders of ', max(total)) FROM orders"));
    }

    [Fact]
    public async Task A_bad_record_of_receipts_blinds_no_journey_and_what_an_earlier_version_parked_is_freed_and_rebuilt()
    {
        var topic = await servers.CreateTopicAsync(1, Token);
        var receipts = await servers.CreateTopicAsync(1, Token);
        var group = $"analytics-{topic}";
        await Records.ProduceAsync(servers.Kafka, receipts, [Told("inven\0tory", 0), Unreadable(), Told("inventory", 1)], Token);
        string connectionString;
        await using (var earlier = await AnalyticsHost.StartAsync(
            servers, topic, group, reads: consumer => consumer.Subscribe(receipts).AddHandler<RecordReceipts>()))
        {
            connectionString = earlier.ConnectionString;
            await Eventually.TrueAsync(async () =>
                await earlier.QueryAsync("SELECT count(*) FROM messaging.dead_letters WHERE state = 'parked'") is ["3"]);
        }

        await using var analytics = await AnalyticsHost.StartAsync(
            servers, topic, group, connectionString, consumer => consumer.SubscribeToHearsay(receipts).AddHandler<RecordReceipts>());
        await Records.ProduceAsync(servers.Kafka, receipts, [Told("inven\0tory", 2), Unreadable(), Told("inventory", 3)], Token);

        await Eventually.TrueAsync(async () => await analytics.QueryAsync("SELECT attempts FROM receipts") is ["3"]);
        Assert.Equal(
            ["discarded 3"], await analytics.QueryAsync("SELECT concat(state, ' ', count(*)) FROM messaging.dead_letters GROUP BY state"));

        var (exitCode, lines) = await analytics.RebuildAsync();

        Assert.Equal(ExitCode.Done, exitCode);
        var rebuilt = Assert.IsType<RebuildResult>(lines[^1]);
        Assert.Equal((2, 4, 0), (rebuilt.Events, rebuilt.PassedOver, rebuilt.DeadLetters));
        Assert.Equal(["1", "3"], await analytics.QueryAsync("SELECT attempts FROM receipts ORDER BY attempts"));
    }

    private static Message<byte[], byte[]> Told(string group, int attempts) => Record(
        EventTypes.EventsHandled,
        "inventory",
        new Facts.EventsHandled(group, [new Facts.Receipt(
            $"{Orders.NewId()}", Orders.NewId(), "order", "orders.v1", EventTypes.OrderPlaced, Orders.PlacedAt, "handled", attempts, 1,
            Orders.PlacedAt)]));

    private static Message<byte[], byte[]> Unreadable()
    {
        var record = Told("inventory", 0);
        record.Value = Encoding.UTF8.GetBytes("nothing");
        return record;
    }

    private static Message<byte[], byte[]> Record(string type, string key, object data) => KafkaBinding.Write(
        new EventEnvelope
        {
            Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString(),
            Source = "/test",
            Type = type,
            Subject = key,
            Time = Orders.PlacedAt,
            CorrelationId = "test",
            CausationId = "test",
        },
        JsonSerializer.SerializeToUtf8Bytes(data, data.GetType(), ContractsJson.Default));

    private static async Task<NpgsqlConnection> OpenAsync(AnalyticsHost analytics)
    {
        var database = new NpgsqlConnection(analytics.ConnectionString);
        await database.OpenAsync(Token);
        return database;
    }
}
