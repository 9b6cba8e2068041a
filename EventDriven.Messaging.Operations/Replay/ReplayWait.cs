using System.Globalization;
using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Lag;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Replay;

/// <summary>Waits until a group that was set back has read the events of its plan, and warns when nobody reads.</summary>
internal sealed class ReplayWait(KafkaAdmin admin, NpgsqlConnection database, RegisteredGroup group, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Longer than instances take to come back, and than retries of an event block its partition.
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(90);

    // A service that is starting joins its group within this time.
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Returns when all events of the plan are read.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="wasRead">Whether the group had members, which come back.</param>
    /// <param name="progress">Receives the number of events that were delivered again.</param>
    /// <param name="warn">Receives a message when nothing is read.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TimeoutException">Nobody reads.</exception>
    public async Task RunAsync(
        IReadOnlyList<ReplayPartition> plan, bool wasRead, Action<long> progress, Action<string> warn, CancellationToken cancellationToken)
    {
        using var log = new OldestEvents(admin.Settings, time);
        var (last, moved, warned) = (-1L, time.GetTimestamp(), false);
        while (true)
        {
            var positions = await GroupPositions.ReadAsync(
                admin, database, group, [.. plan.Select(p => p.TopicPartition)], cancellationToken);
            var count = plan.Sum(p => Math.Clamp(positions.GetValueOrDefault(p.TopicPartition) - p.From, 0, p.Events));
            progress(count);
            if (count == last
                ? await IsAllReadAsync(log, plan, positions, cancellationToken)
                : plan.All(p => positions.GetValueOrDefault(p.TopicPartition) >= p.Until))
            {
                return;
            }

            (last, moved, warned) = count == last ? (last, moved, warned) : (count, time.GetTimestamp(), false);
            var idle = time.GetElapsedTime(moved);
            if (idle > IdleTimeout)
            {
                throw new TimeoutException(
                    $"Group '{group.Name}' was set back, but has read nothing for {IdleTimeout.TotalSeconds} s. It goes on by itself. "
                    + "Start its service, or see its /health.");
            }

            wasRead |= count > 0;
            if (!warned && idle > (wasRead ? GroupMembers.WarnAfter : JoinTimeout))
            {
                warned = true;
                await WarnAsync(wasRead, idle, warn, cancellationToken);
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    /// <summary>Whether the rest of the plan has no event. Its last offsets may hold only markers of transactions.</summary>
    private static async Task<bool> IsAllReadAsync(
        OldestEvents log,
        IReadOnlyList<ReplayPartition> plan,
        IReadOnlyDictionary<TopicPartition, long> positions,
        CancellationToken cancellationToken)
    {
        var left = plan.Where(p => positions.GetValueOrDefault(p.TopicPartition) < p.Until)
            .ToDictionary(p => new TopicPartitionOffset(p.TopicPartition, positions.GetValueOrDefault(p.TopicPartition)), p => p.Until);
        var oldest = await log.ReadAsync(left.Keys, known: null, cancellationToken);
        return left.All(position => oldest.TryGetValue(position.Key, out var found) && (found is null || found.Offset >= position.Value));
    }

    private async Task WarnAsync(bool wasRead, TimeSpan idle, Action<string> warn, CancellationToken cancellationToken)
    {
        var members = await GroupMembers.ListAsync(admin.Client, group.Name, cancellationToken);
        if (members.Count == 0 && !wasRead)
        {
            throw new TimeoutException(
                $"Group '{group.Name}' was set back, but has no member. Its service reads from there on when it runs. "
                + "Nothing else has to be done.");
        }

        var who = members.Count == 0
            ? "It has no member now: its service has not come back yet."
            : $"Its members are {string.Join(", ", members)}. See /health of the service.";
        warn(string.Create(
            CultureInfo.InvariantCulture,
            $"Group '{group.Name}' was set back and has read nothing for {idle.TotalSeconds:0} s. {who} "
                + $"Waiting for {IdleTimeout.TotalSeconds} s in all. Ctrl+C ends the wait, not the replay."));
    }
}
