using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging.Replay;

/// <summary>The reader of rebuild, rehearsal and reconciliation comes to an end where the log has no records at its end.</summary>
public sealed class LogReaderTests(Servers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_that_ends_with_markers_of_transactions_is_read_to_its_end()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, servers.NoKafkaLogOnDisk ?? "");
        var topic = await servers.CreateTopicAsync(2, Token);
        using var producer = new TransactionalRecords(servers.Kafka, topic);
        producer.Commit(Records.Of(new Noted("a", 1)), Records.Of(new Noted("b", 2)), Records.Of(new Noted("c", 3)));
        producer.Abort(Records.Of(new Noted("a", 4)));

        Assert.Equal(["a", "b", "c"], await ReadAllAsync(topic));
    }

    [Fact]
    public async Task A_transaction_that_is_not_ended_is_behind_the_end()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, servers.NoKafkaLogOnDisk ?? "");
        var topic = await servers.CreateTopicAsync(1, Token);
        using var producer = new TransactionalRecords(servers.Kafka, topic);
        producer.Commit(Records.Of(new Noted("a", 1)));
        producer.Begin(Records.Of(new Noted("b", 2)));

        Assert.Equal(["a"], await ReadAllAsync(topic));

        producer.Commit();
        Assert.Equal(["a", "b"], await ReadAllAsync(topic));
    }

    private async Task<List<string>> ReadAllAsync(string topic)
    {
        using var admin = KafkaAdmin.Open(KafkaSettings.Parse(servers.Kafka));
        var bounds = await PartitionBounds.ReadAsync(admin.Client, [topic], Token);
        using var log = new LogReader(
            KafkaSettings.Parse(servers.Kafka),
            bounds.ToDictionary(b => b.Key, b => b.Value.Low),
            bounds.ToDictionary(b => b.Key, b => b.Value.High),
            TimeProvider.System);
        var keys = new List<string>();
        while (await Task.Run(() => log.Read(100, Token), Token) is { Count: > 0 } records)
        {
            keys.AddRange(records.Select(record => System.Text.Encoding.UTF8.GetString(record.Message.Key)));
        }

        return [.. keys.Order(StringComparer.Ordinal)];
    }
}
