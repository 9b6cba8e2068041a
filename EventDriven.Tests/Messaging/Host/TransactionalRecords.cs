using Confluent.Kafka;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>
/// Writes records in transactions, as another system's producer may: each ends with a marker, which
/// takes an offset and is given to no reader.
/// </summary>
internal sealed class TransactionalRecords : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly string _topic;
    private readonly IProducer<byte[], byte[]> _producer;

    public TransactionalRecords(string kafka, string topic)
    {
        _topic = topic;
        _producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = kafka, TransactionalId = $"of-{topic}" })
            .Build();
        _producer.InitTransactions(Bound);
    }

    /// <summary>Begins a transaction, whose records are with the broker when this returns.</summary>
    public void Begin(params Message<byte[], byte[]>[] records)
    {
        _producer.BeginTransaction();
        foreach (var record in records)
        {
            _producer.Produce(_topic, record);
        }

        Assert.Equal(0, _producer.Flush(Bound));
    }

    public void Commit() => _producer.CommitTransaction(Bound);

    public void Commit(params Message<byte[], byte[]>[] records)
    {
        Begin(records);
        Commit();
    }

    public void Abort(params Message<byte[], byte[]>[] records)
    {
        Begin(records);
        _producer.AbortTransaction(Bound);
    }

    public void Dispose() => _producer.Dispose();
}
