using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Confluent.Kafka;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Contracts;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;

namespace EventDriven.Benchmarks.Analytics;

/// <summary>What an order with three lines leaves on the log when everything goes well: four facts, six rows of the read model.</summary>
internal static class OrderFacts
{
    public const int FactsAnOrder = 4;
    public const int RowsAnOrder = 6;

    private static readonly OrderLine[] Lines = [
        new("tea-earl-grey", 2, 9.95m), new("mug-blue", 1, 14.95m), new("kettle-steel", 1, 40.00m)];
    private static readonly StockLine[] Stock = [.. Lines.Select(line => new StockLine(line.Sku, line.Quantity))];

    /// <summary>Sends the facts of so many orders.</summary>
    public static void Send(Servers servers, int orders, CancellationToken cancellationToken)
    {
        using var producer = SalesTopic.Producer(servers);
        for (var i = 0; i < orders; i++)
        {
            var now = TimeProvider.System.GetUtcNow();
            var id = Guid.CreateVersion7(now);
            Send(
                Topics.Orders,
                new OrderPlaced(id, id, "somebody@example.com", "EUR", 74.85m, Lines, now),
                ContractsJson.Default.OrderPlaced);
            Send(Topics.Inventory, new StockReserved(id, Stock, now), ContractsJson.Default.StockReserved);
            Send(Topics.Orders, new OrderConfirmed(id, now), ContractsJson.Default.OrderConfirmed);
            Send(Topics.Payments, new PaymentCaptured(id, $"ref-{i}", 74.85m, "EUR", now), ContractsJson.Default.PaymentCaptured);

            void Send<TFact>(TopicDefinition topic, TFact fact, JsonTypeInfo<TFact> json)
            {
                var eventId = Guid.CreateVersion7(now).ToString();
                var envelope = new EventEnvelope
                {
                    Id = eventId,
                    Source = "/benchmarks",
                    Type = EventName.Of<TFact>(),
                    Subject = id.ToString(),
                    Time = now,
                    CorrelationId = eventId,
                    CausationId = eventId,
                };
                SalesTopic.Send(
                    producer, topic.Name, KafkaBinding.Write(envelope, JsonSerializer.SerializeToUtf8Bytes(fact, json)), _ => { },
                    cancellationToken);
            }
        }

        producer.Flush(cancellationToken);
    }

    /// <summary>Where each partition of the topics ends now.</summary>
    public static async Task<Dictionary<TopicPartition, long>> EndsAsync(Servers servers, CancellationToken cancellationToken)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(
            new ConsumerConfig { BootstrapServers = servers.Kafka, GroupId = Servers.Unique("ends") }).Build();
        var ends = new Dictionary<TopicPartition, long>();
        foreach (var partition in Topics.All.SelectMany(t => Enumerable.Range(0, t.Partitions).Select(p => new TopicPartition(t.Name, p))))
        {
            while (!ends.ContainsKey(partition))
            {
                try
                {
                    ends.Add(partition, consumer.QueryWatermarkOffsets(partition, TimeSpan.FromSeconds(10)).High.Value);
                }
                catch (KafkaException exception) when (exception.Error.Code
                    is ErrorCode.NotLeaderForPartition or ErrorCode.UnknownTopicOrPart)
                {
                    // Created a moment ago.
                    await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
                }
            }
        }

        return ends;
    }
}
