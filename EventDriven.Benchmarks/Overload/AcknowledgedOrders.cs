using Confluent.Kafka;
using EventDriven.Benchmarks.Checkout;
using EventDriven.Contracts;
using Npgsql;

namespace EventDriven.Benchmarks.Overload;

/// <summary>Checks that each order that was acknowledged is stored, once, and that each order's event is on its topic.</summary>
internal sealed class AcknowledgedOrders(CheckoutService checkout, string kafka)
{
    private static readonly TimeSpan RelayBound = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BrokerBound = TimeSpan.FromSeconds(10);

    private readonly StoredOrders _stored = new(checkout.Database, "orders");
    private long _recordsBefore;
    private long _ordersBefore;

    /// <summary>Notes what is there before.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await DrainedAsync(cancellationToken);
        _recordsBefore = Records();
        _ordersBefore = await _stored.CountAsync("orders", cancellationToken);
    }

    /// <summary>How many acknowledged orders are missing or doubled, and how many events of orders are.</summary>
    public async Task<(int Orders, long Events)> LostAsync(IReadOnlyList<FloodResult> floods, CancellationToken cancellationToken)
    {
        await DrainedAsync(cancellationToken);
        var orders = new Dictionary<Guid, int>();
        await using (var connection = new NpgsqlConnection(checkout.Database + ";Pooling=false"))
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT customer_id, count(*)::int FROM orders GROUP BY 1", connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                orders[reader.GetGuid(0)] = reader.GetInt32(1);
            }
        }

        // Each key has a customer of its own.
        var wrong = floods.Sum(flood => flood.AcceptedKeys.Count(key => orders.GetValueOrDefault(key) != 1))
            + orders.Values.Count(count => count > 1);
        var placed = await _stored.CountAsync("orders", cancellationToken) - _ordersBefore;
        return (wrong, Math.Abs(Records() - _recordsBefore - placed));
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

    private long Records()
    {
        var config = new ConsumerConfig { BootstrapServers = kafka, GroupId = "overload" };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        return admin.GetMetadata(Topics.Orders.Name, BrokerBound).Topics[0].Partitions.Sum(partition =>
            consumer.QueryWatermarkOffsets(new TopicPartition(Topics.Orders.Name, partition.PartitionId), BrokerBound).High.Value);
    }
}
