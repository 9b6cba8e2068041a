using System.Globalization;
using System.Text;
using Confluent.Kafka;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Schedules;
using EventDriven.Contracts;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Messaging;

namespace EventDriven.Chaos.Faults.Servers;

/// <summary>
/// Records that no consumer can read, and records of a known type whose data is not of its type, each with a key of its own: on the topic
/// that is the target.
/// </summary>
internal sealed class PoisonRecords(FaultStage stage, string topic, int records) : IFault
{
    private const int SendMs = 10_000;

    // The first event of each topic, which every one of its consumers handles.
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [Topics.Orders.Name] = EventName.Of<OrderPlaced>(),
        [Topics.Inventory.Name] = EventName.Of<StockReserved>(),
        [Topics.Payments.Name] = EventName.Of<PaymentCaptured>(),
        [Topics.Customers.Name] = EventName.Of<UserSignedUp>(),
    };

    private int _planted;

    /// <summary>The topics on which it can be.</summary>
    public static IReadOnlyList<string> Targets { get; } = [.. Types.Keys.Order(StringComparer.Ordinal)];

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var config = new ProducerConfig
        {
            BootstrapServers = await stage.System.ConnectionStringAsync(Topology.Kafka, cancellationToken),
            EnableIdempotence = true,
            MessageTimeoutMs = SendMs,
        };
        using var producer = new ProducerBuilder<byte[], byte[]>(config)
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        for (var number = 0; number < records; number++)
        {
            await PlantAsync(producer, isReadable: number % 2 == 1, cancellationToken);
        }
    }

    public Task<FaultEffect> EndAsync(CancellationToken cancellationToken) => Task.FromResult(
        new FaultEffect(_planted > 0, $"{_planted} of {records} records stand on {topic}"));

    private async Task PlantAsync(IProducer<byte[], byte[]> producer, bool isReadable, CancellationToken cancellationToken)
    {
        var (number, key, begun) = (stage.Operations.NextNumber(), NewId(), Now());
        var message = isReadable ? WrongTyped(key) : Unreadable(key);
        var outcome = Outcome.Unknown;
        try
        {
            await producer.ProduceAsync(topic, message, cancellationToken);
            outcome = Outcome.Ok;
            _planted++;
        }
        catch (ProduceException<byte[], byte[]> exception)
        {
            outcome = exception.DeliveryResult.Status == PersistenceStatus.NotPersisted ? Outcome.Failed : Outcome.Unknown;
        }
        finally
        {
            // Also when the fault is given up: the record may stand on the topic all the same.
            stage.Operations.Add(new Operation(
                number, OperationKind.Poison, topic, $"{key}", Guid.Empty, OrderId: null, IdempotencyKey: null, [], begun, Now(), outcome,
                Status: null, AnswerHash: null));
        }
    }

    private static Message<byte[], byte[]> Unreadable(Guid key) =>
        new() { Key = Encoding.UTF8.GetBytes($"{key}"), Value = "no event"u8.ToArray() };

    private Message<byte[], byte[]> WrongTyped(Guid key)
    {
        var headers = new Headers();
        foreach (var (name, value) in new (string, string)[]
        {
            ("ce_specversion", "1.0"), ("ce_id", $"{NewId()}"), ("ce_source", "/chaos"), ("ce_type", Types[topic]),
            ("ce_subject", $"{key}"),
            ("ce_time", Now().ToString("O", CultureInfo.InvariantCulture)), ("ce_correlationid", $"{key}"),
            ("ce_causationid", $"{key}"), ("content-type", "application/json"),
        })
        {
            headers.Add(name, Encoding.UTF8.GetBytes(value));
        }

        return new Message<byte[], byte[]>
        {
            Key = Encoding.UTF8.GetBytes($"{key}"),
            Value = """{"orderId":17,"customerId":[],"lines":"none"}"""u8.ToArray(),
            Headers = headers,
        };
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();
}
