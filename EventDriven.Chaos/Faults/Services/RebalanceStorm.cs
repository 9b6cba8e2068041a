using System.Globalization;
using System.Text.Json;
using Confluent.Kafka;
using EventDriven.Messaging.Consuming.Reading;

namespace EventDriven.Chaos.Faults.Services;

/// <summary>
/// A member of the rig's own joins a service's group, leaves it a second later, and comes again: every time all of the group has to join
/// anew. Every second time it stays until the service's instances have given up partitions to it, which they then take back. It reads
/// nothing, handles nothing and commits nothing.
/// </summary>
/// <param name="brokersAsync">Finds out where the broker is.</param>
/// <param name="group">The group.</param>
/// <param name="topics">Its topics.</param>
internal sealed class RebalanceStorm(Func<CancellationToken, Task<string>> brokersAsync, string group, IReadOnlyList<string> topics)
    : BackgroundFault
{
    private const int StatisticsMs = 100;
    private const int SessionTimeoutMs = 10_000;

    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(1);

    // Whoever joins waits for the next heartbeat of every member. A member that is paused holds a rebalance up for longer.
    private static readonly TimeSpan JoinBound = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private int _came;
    private int _joined;
    private int _taken;

    protected override Task RunAsync(CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            var brokers = await brokersAsync(cancellationToken);
            while (!cancellationToken.IsCancellationRequested)
            {
                ComeAndGo(brokers, cancellationToken);
            }
        },
        cancellationToken);

    // A rebalance that ends with this member in the group is one that all other members had to join.
    protected override Task<FaultEffect> ClearAsync(CancellationToken cancellationToken) => Task.FromResult(new FaultEffect(
        _joined > 0,
        string.Create(
            CultureInfo.InvariantCulture,
            $"a member came {_came} times and was taken in {_joined} times, the service's instances gave up {_taken} partitions to it")));

    private void ComeAndGo(string brokers, CancellationToken cancellationToken)
    {
        var (isMember, given) = (false, 0);
        var config = new ConsumerConfig
        {
            BootstrapServers = brokers,
            GroupId = group,
            ClientId = "chaos",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,

            // As the service's own: one that gave up while it was joining is a member until then, and nobody reads its partitions.
            SessionTimeoutMs = SessionTimeoutMs,
            StatisticsIntervalMs = StatisticsMs,
        };
        using var member = new ConsumerBuilder<byte[], byte[]>(config)
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { })
            .SetStatisticsHandler((_, statistics) => isMember |= IsMember(statistics))
            .SetPartitionsAssignedHandler((_, partitions) =>
            {
                (isMember, given) = (true, given + partitions.Count);

                // Nothing is read of them.
                return partitions.Select(partition => new TopicPartitionOffset(partition, Offset.End));
            })
            .Build();
        _came++;
        member.Subscribe(topics);
        Serve(member, JoinBound, () => isMember || cancellationToken.IsCancellationRequested);
        if (isMember)
        {
            _joined++;
            Serve(member, Stay, () => cancellationToken.IsCancellationRequested);
            if (_joined % 2 == 0)
            {
                Serve(member, JoinBound, () => given > 0 || cancellationToken.IsCancellationRequested);
            }
        }

        _taken += given;

        // A member that is merely gone would hold the group up until its session has timed out.
        ConsumerClient.LeaveWithoutPartitions(member, () => Consume(member), TimeProvider.System);
        member.Close();
    }

    private static void Serve(IConsumer<byte[], byte[]> member, TimeSpan bound, Func<bool> isOver)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!isOver() && TimeProvider.System.GetElapsedTime(started) < bound)
        {
            Consume(member);
        }
    }

    private static void Consume(IConsumer<byte[], byte[]> member)
    {
        try
        {
            member.Consume(Poll);
        }
        catch (ConsumeException)
        {
            // The broker is away: it comes again.
        }
    }

    private static bool IsMember(string statistics)
    {
        using var json = JsonDocument.Parse(statistics);
        return json.RootElement.TryGetProperty("cgrp", out var state) && state.GetProperty("join_state").GetString() == "steady";
    }
}
