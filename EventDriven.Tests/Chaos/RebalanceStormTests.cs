using Confluent.Kafka;
using EventDriven.Chaos.Faults.Services;

namespace EventDriven.Tests.Chaos;

/// <summary>The fault rig's member that comes and goes, in a group of one.</summary>
public sealed class RebalanceStormTests(Servers servers)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_makes_the_group_rebalance_and_leaves_neither_an_offset_nor_a_member()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, "The emulator can't tell who is in a group.");
        var topic = await servers.CreateTopicAsync(4, Token);
        var (group, rebalances) = ($"storm-{topic}", 0);
        using var member = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = servers.Kafka,
            GroupId = group,
            EnableAutoCommit = false,
            HeartbeatIntervalMs = 300,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
        }).SetPartitionsAssignedHandler((_, _) => rebalances++).SetPartitionsRevokedHandler((_, _) => rebalances++).Build();
        member.Subscribe(topic);
        await Eventually.TrueAsync(() => Serve(member).Assignment.Count == 4);
        var before = rebalances;

        var storm = new RebalanceStorm(_ => Task.FromResult(servers.Kafka), group, [topic]);
        await storm.BeginAsync(Token);
        await Eventually.TrueAsync(() => Serve(member) is not null && rebalances > before);
        var ending = storm.EndAsync(Token);
        await Eventually.TrueAsync(() => Serve(member) is not null && ending.IsCompleted);

        Assert.True((await ending).TookEffect, (await ending).Note);
        await Eventually.TrueAsync(() => Serve(member).Assignment.Count == 4);
        Assert.All(member.Committed(TimeSpan.FromSeconds(10)), offset => Assert.Equal(Offset.Unset, offset.Offset));
        member.Close();
    }

    private static IConsumer<byte[], byte[]> Serve(IConsumer<byte[], byte[]> member)
    {
        member.Consume(Poll);
        return member;
    }
}
