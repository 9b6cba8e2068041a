using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Lag;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Replay;

/// <summary>Waits until a group that was set back has read what it was set back for, and says when nobody does.</summary>
internal sealed class ReplayWait(KafkaAdmin admin, NpgsqlConnection database, RegisteredGroup group, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Longer than instances take to come back, and than an event that is tried again may hold up its partition.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // A group without a member is read soon if its service is just starting.
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(5);

    /// <summary>Returns when all is read.</summary>
    /// <param name="plan">What it was set back for.</param>
    /// <param name="wasRead">Whether the group had members: they come back.</param>
    /// <param name="replayed">Is told how many events have been delivered again.</param>
    /// <param name="tell">Is told when nothing is read.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="TimeoutException">Nobody reads.</exception>
    public async Task RunAsync(IReadOnlyList<ReplayPartition> plan, bool wasRead, Action<long> replayed, Action<string> tell, CancellationToken cancellationToken)
    {
        using var log = new OldestEvents(admin.BootstrapServers, time);
        var (last, moved, told) = (-1L, time.GetTimestamp(), false);
        while (true)
        {
            var positions = await GroupPositions.ReadAsync(admin, database, group, [.. plan.Select(p => p.Partition)], cancellationToken);
            var count = plan.Sum(p => Math.Clamp(positions.GetValueOrDefault(p.Partition) - p.From, 0, p.Events));
            replayed(count);
            if (count == last ? await IsAllReadAsync(log, plan, positions, cancellationToken) : plan.All(p => positions.GetValueOrDefault(p.Partition) >= p.Until))
            {
                return;
            }

            (last, moved, told) = count == last ? (last, moved, told) : (count, time.GetTimestamp(), false);
            var silent = time.GetElapsedTime(moved);
            if (silent > Patience)
            {
                throw new TimeoutException(
                    $"Group '{group.Name}' was set back, but has read nothing for {Patience.TotalSeconds} s. It goes on by itself: start its service, or see its /health.");
            }

            wasRead |= count > 0;
            if (!told && silent > (wasRead ? GroupMembers.Silence : Absence))
            {
                told = true;
                await TellAsync(wasRead, silent, tell, cancellationToken);
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    /// <summary>Whether nothing that the group could be given is left of the plan: its last offsets may hold only markers of transactions.</summary>
    private static async Task<bool> IsAllReadAsync(
        OldestEvents log, IReadOnlyList<ReplayPartition> plan, IReadOnlyDictionary<TopicPartition, long> positions, CancellationToken cancellationToken)
    {
        var left = plan.Where(p => positions.GetValueOrDefault(p.Partition) < p.Until)
            .ToDictionary(p => new TopicPartitionOffset(p.Partition, positions.GetValueOrDefault(p.Partition)), p => p.Until);
        var oldest = await log.ReadAsync(left.Keys, known: null, cancellationToken);
        return left.All(position => oldest.TryGetValue(position.Key, out var found) && (found is null || found.Offset >= position.Value));
    }

    private async Task TellAsync(bool wasRead, TimeSpan silent, Action<string> tell, CancellationToken cancellationToken)
    {
        var members = await GroupMembers.ListAsync(admin.Client, group.Name, cancellationToken);
        if (members.Count == 0 && !wasRead)
        {
            throw new TimeoutException(
                $"Group '{group.Name}' was set back, and nobody reads it: it has no member. Its service reads from there on when it runs; nothing else is to be done.");
        }

        var who = members.Count == 0
            ? "it has no member now, so its service has not come back yet"
            : $"its members are {string.Join(", ", members)}: see /health of the service";
        tell(FormattableString.Invariant(
            $"Group '{group.Name}' was set back and has read nothing for {silent.TotalSeconds:0} s; {who}. Waiting for {Patience.TotalSeconds} s in all. Ctrl+C ends the wait, not the replay."));
    }
}
