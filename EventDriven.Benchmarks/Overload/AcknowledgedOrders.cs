using System.Text;
using Confluent.Kafka;
using EventDriven.Benchmarks.Checkout;
using EventDriven.Contracts;
using Npgsql;

namespace EventDriven.Benchmarks.Overload;

/// <summary>
/// Checks that each order that was acknowledged is stored, once, and that each stored order's event is on its topic, once. Keys are
/// compared and not numbers, because one that is lost and one that is doubled would make up for each other.
/// </summary>
internal sealed class AcknowledgedOrders(CheckoutService checkout, string kafka)
{
    private static readonly TimeSpan RelayBound = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BrokerBound = TimeSpan.FromSeconds(10);

    private readonly StoredOrders _stored = new(checkout.Database, "orders");
    private List<TopicPartitionOffset> _begun = [];
    private HashSet<Guid> _before = [];

    /// <summary>Notes what is there before.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await DrainedAsync(cancellationToken);
        using var consumer = NewConsumer();
        _begun = Ends(consumer);
        _before = [.. (await ReadAsync(cancellationToken)).Select(order => order.Id)];
    }

    /// <summary>How many acknowledged orders are missing or doubled, and how many events of orders are.</summary>
    public async Task<(int Orders, int Events)> LostAsync(IReadOnlyList<FloodResult> floods, CancellationToken cancellationToken)
    {
        await DrainedAsync(cancellationToken);
        var stored = (await ReadAsync(cancellationToken)).Where(order => !_before.Contains(order.Id)).ToList();

        // Each key has a customer of its own. An order whose answer was lost may be there: it must not be there twice.
        var acknowledged = floods.SelectMany(flood => flood.AcceptedKeys).ToHashSet();
        var lost = KeyComparison.NotOnce(acknowledged, stored.Select(order => order.Customer));
        return (lost, KeyComparison.NotOnce(stored.Select(order => order.Id).ToHashSet(), EventKeys(cancellationToken)));
    }

    private async Task<List<(Guid Id, Guid Customer)>> ReadAsync(CancellationToken cancellationToken)
    {
        var orders = new List<(Guid, Guid)>();
        await using var connection = new NpgsqlConnection(checkout.Database + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT id, customer_id FROM orders", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            orders.Add((reader.GetGuid(0), reader.GetGuid(1)));
        }

        return orders;
    }

    private async Task DrainedAsync(CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(RelayBound);
        while (await _stored.CountAsync("messaging.outbox", bound.Token) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), bound.Token);
        }
    }

    // The keys of all events since the beginning, doubled ones too.
    private List<Guid> EventKeys(CancellationToken cancellationToken)
    {
        using var consumer = NewConsumer();
        var left = Ends(consumer).Zip(_begun).Where(partition => partition.First.Offset.Value > partition.Second.Offset.Value)
            .ToDictionary(partition => partition.First.TopicPartition, partition => partition.First.Offset.Value);
        consumer.Assign(_begun);
        var keys = new List<Guid>();
        while (left.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = consumer.Consume(BrokerBound)
                ?? throw new InvalidOperationException($"{Topics.Orders.Name} gave no event for {BrokerBound.TotalSeconds} s.");
            keys.Add(Guid.Parse(Encoding.UTF8.GetString(read.Message.Key)));
            if (left.TryGetValue(read.TopicPartition, out var end) && read.Offset.Value + 1 >= end)
            {
                left.Remove(read.TopicPartition);
            }
        }

        return keys;
    }

    private IConsumer<byte[], byte[]> NewConsumer() => new ConsumerBuilder<byte[], byte[]>(
        new ConsumerConfig { BootstrapServers = kafka, GroupId = "overload", EnableAutoCommit = false }).Build();

    private static List<TopicPartitionOffset> Ends(IConsumer<byte[], byte[]> consumer)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        return
        [
            .. admin.GetMetadata(Topics.Orders.Name, BrokerBound).Topics[0].Partitions.Select(
                partition => new TopicPartition(Topics.Orders.Name, partition.PartitionId))
                .OrderBy(partition => partition.Partition.Value)
                .Select(partition => new TopicPartitionOffset(partition, consumer.QueryWatermarkOffsets(partition, BrokerBound).High)),
        ];
    }
}
