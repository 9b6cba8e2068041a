using System.Collections.Concurrent;
using System.Diagnostics;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Peer.Service;
using Microsoft.Extensions.DependencyInjection;
using Wolverine;
using Wolverine.Kafka;

namespace EventDriven.Benchmarks.Peer.EndToEnd;

/// <summary>
/// Order to reservation: one service stores an order's row and its message in one transaction, the peer sends it to Kafka, and another
/// service, with the durable inbox and a database of its own, stores the reservation's row. Orders come in an open loop; latency is counted
/// from the moment at which an order was due until the reservation's row is committed. Set up for latency: batches wait a millisecond to
/// fill (none at all means a transaction a message to delete it, which is slower at this rate), and many of them and many messages are on
/// their way at once. Both services share a process, and orders come without HTTP; either favours the peer.
/// </summary>
internal sealed class EndToEndPeer(Servers servers) : IContestant
{
    private const int PerSecond = 200;
    private const int WarmUp = PerSecond;

    private readonly ConcurrentDictionary<Guid, long> _due = new();
    private readonly ConcurrentQueue<double> _latencies = new();

    public static Task<IContestant> CreateAsync(Servers servers) => Task.FromResult<IContestant>(new EndToEndPeer(servers));

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var topic = await servers.CreateTopicAsync("end-to-end-peer", PeerTopic.Partitions, cancellationToken);
        var ordersDatabase = await servers.CreateDatabaseAsync("end_to_end_peer_orders", cancellationToken);
        var stockDatabase = await servers.CreateDatabaseAsync("end_to_end_peer_stock", cancellationToken);
        await using var orders = await SalesStore.CreateAsync(ordersDatabase, _ => { }, cancellationToken);
        await using var reservations = await SalesStore.CreateAsync(stockDatabase, Reserved, cancellationToken);
        await using var stock = await PeerService.StartAsync(
            "stock", stockDatabase, options => Listen(options, topic), cancellationToken, services => services.AddSingleton(reservations));
        await using var checkout = await PeerService.StartAsync(
            "checkout", ordersDatabase, options => Publish(options, topic), cancellationToken);

        await OrderAsync(WarmUp);
        var meter = new Meter();
        await OrderAsync(events);
        var measured = meter.Stop(events, [.. _latencies]);
        await reservations.VerifyAsync(WarmUp + events, cancellationToken);
        return measured;

        async Task OrderAsync(int count)
        {
            _latencies.Clear();
            await OpenLoop.RunAsync(count, PerSecond, (_, due) => PlaceAsync(checkout, orders, due, cancellationToken), cancellationToken);
            while (_latencies.Count < count)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task PlaceAsync(PeerService checkout, SalesStore orders, long due, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var order = PeerSale.Create(Guid.CreateVersion7(now), now);
        _due[order.SaleId] = due;
        await using var connection = await orders.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await SalesStore.InsertAsync([order], connection, cancellationToken);
        var context = await PeerOutbox.StoreAsync(checkout.Runtime, transaction, [order]);
        await transaction.CommitAsync(cancellationToken);
        await context.FlushOutgoingMessagesAsync();
    }

    private void Reserved(IReadOnlyList<PeerSale> sales)
    {
        foreach (var sale in sales)
        {
            if (_due.TryRemove(sale.SaleId, out var due))
            {
                _latencies.Enqueue(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
            }
        }
    }

    private void Publish(WolverineOptions options, string topic)
    {
        options.UseKafka(servers.Kafka).UseIdempotentProducer().ConfigureProducers(producer => producer.LingerMs = 0);
        options.PublishMessage<PeerSale>()
            .ToKafkaTopic(topic)
            .UseInterop(new CloudEventMapper())
            .UseDurableOutbox()
            .MessageBatchSize(100)
            .MessageBatchTimeout(TimeSpan.FromMilliseconds(1))
            .MessageBatchMaxDegreeOfParallelism(16)
            .TelemetryEnabled(false);
    }

    private void Listen(WolverineOptions options, string topic)
    {
        options.UseKafka(servers.Kafka);
        options.ListenToKafkaTopic(topic)
            .UseInterop(new CloudEventMapper())
            .ExtendConsumerConfiguration(consumer => consumer.GroupId = Servers.Unique("end-to-end-peer"))
            .BeginAtEarliest()
            .UseDurableInbox()
            .MaximumParallelMessages(50)
            .TelemetryEnabled(false);
        options.Discovery.IncludeType<ReserveStock>();
    }
}
