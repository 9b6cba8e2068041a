using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Tests.KafkaEmulator;

namespace EventDriven.Tests.Messaging;

/// <summary>What services ask Kafka about groups, on a broker that comes and goes.</summary>
public sealed class GroupAdminTests
{
    private const string Topic = "orders.v1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Asked as an administrator, librdkafka would end this process, with all its tests, when the broker comes back.</summary>
    [Fact]
    public async Task A_broker_that_is_away_for_longer_than_a_request_waits_is_survived()
    {
        await using var cluster = await EmulatorProcess.StartAsync((Topic, 1));
        using var admin = KafkaAdmin.Open(KafkaSettings.Parse(cluster.BootstrapServers));
        TopicPartition[] partitions = [new(Topic, 0)];
        Assert.Equal(Offset.Unset, Assert.Single(await admin.CommittedAsync("inventory", partitions, Token)).Offset);
        await cluster.PauseAsync();
        await Assert.ThrowsAnyAsync<KafkaException>(() => admin.CommittedAsync("inventory", partitions, Token));

        await cluster.ResumeAsync();

        // The first request after that may still wait for the connection of those that were given up.
        await Eventually.TrueAsync(() => AnswersAsync(admin, partitions), TimeSpan.FromMinutes(1));
        Assert.NotNull(await ClusterId.ReadAsync(admin.Client, Token));
    }

    private static async Task<bool> AnswersAsync(KafkaAdmin admin, TopicPartition[] partitions)
    {
        try
        {
            return Assert.Single(await admin.CommittedAsync("inventory", partitions, Token)).Offset == Offset.Unset;
        }
        catch (KafkaException)
        {
            return false;
        }
    }
}
