using System.Text;
using Confluent.Kafka;
using EventDriven.Contracts;

namespace EventDriven.Tests.Application.Harness;

/// <summary>The log itself, past every service.</summary>
internal sealed class Log(string bootstrapServers)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(90);

    /// <summary>Every event of a topic that stands on it now.</summary>
    public List<LoggedEvent> ReadAll(TopicDefinition topic) =>
        Messaging.Host.Records.ReadAll(bootstrapServers, topic.Name, topic.Partitions).ConvertAll(LoggedEvent.From);

    /// <summary>Writes records again as they are, as a relay does that crashed before it deleted them.</summary>
    public Task RepeatAsync(IEnumerable<LoggedEvent> events, int times) => Task.WhenAll(
        events.GroupBy(e => e.Record.Topic).Select(topic => Messaging.Host.Records.ProduceAsync(
            bootstrapServers,
            topic.Key,
            topic.SelectMany(e => Enumerable.Repeat(e.Record.Message, times)),
            TestContext.Current.CancellationToken)));

    /// <summary>Writes a record that is no event, and has no key that it could park.</summary>
    public Task PoisonAsync(TopicDefinition topic) => Messaging.Host.Records.ProduceAsync(
        bootstrapServers, topic.Name, [new Message<byte[], byte[]> { Value = "poison"u8.ToArray() }],
        TestContext.Current.CancellationToken);

    /// <summary>Writes many records that are no events, each of a key of its own.</summary>
    public Task FloodAsync(TopicDefinition topic, int records) => Messaging.Host.Records.ProduceAsync(
        bootstrapServers,
        topic.Name,
        Enumerable.Range(0, records).Select(number => Messaging.Host.Records.Unreadable($"{topic.Name}/{number}")),
        TestContext.Current.CancellationToken);

    /// <summary>Waits until a group has stored that it is done with everything that stands on the topic now.</summary>
    public async Task CaughtUpAsync(string group, TopicDefinition topic)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(
            new ConsumerConfig { BootstrapServers = bootstrapServers, GroupId = group }).Build();
        var partitions = Enumerable.Range(0, topic.Partitions).Select(p => new TopicPartition(topic.Name, p)).ToList();
        var ends = partitions.ToDictionary(p => p, p => consumer.QueryWatermarkOffsets(p, Timeout).High.Value);
        await Eventually.TrueAsync(
            () => consumer.Committed(partitions, Timeout)
                .TrueForAll(c => ends[c.TopicPartition] == 0 || c.Offset.Value >= ends[c.TopicPartition]),
            CatchUp,
            $"group {group} caught up on {topic.Name}");
    }

    /// <summary>An event as it stands on the log.</summary>
    internal sealed record LoggedEvent(ConsumeResult<byte[], byte[]> Record, IReadOnlyDictionary<string, string> Headers)
    {
        public string Key => Encoding.UTF8.GetString(Record.Message.Key);

        public string Id => Headers["ce_id"];

        public string Type => Headers["ce_type"];

        public static LoggedEvent From(ConsumeResult<byte[], byte[]> record) => new(
            record,
            record.Message.Headers.ToDictionary(h => h.Key, h => Encoding.UTF8.GetString(h.GetValueBytes()), StringComparer.Ordinal));
    }
}
