using EventDriven.Chaos.Checking.Rules;
using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Histories;
using EventDriven.Messaging.Lag;

namespace EventDriven.Chaos.Checking.Delivery;

/// <summary>
/// Lag as it was reported is what the history says: no position was past an event that had not been handled, the oldest event was the one
/// at the position, and its age was right within 2 s. Nobody reports anything of a service whose clock was set wrong on purpose.
/// </summary>
internal sealed class ReportedLagRule() : Rule("L8")
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    // Clocks of processes of one machine, one of which may not have run for a moment.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    public override IEnumerable<Finding> Check(CheckedRun run)
    {
        var partitions = run.Evidence.Log.GroupBy(record => (record.Topic, record.Partition))
            .ToDictionary(partition => partition.Key, partition => partition.OrderBy(record => record.Offset).ToArray());
        foreach (var group in run.Evidence.Groups.Where(group => run.ClocksAgree(group.Name)))
        {
            var handled = Handled(run, group);
            foreach (var reading in run.History.Lags.Where(reading => reading.Lag.Group == group.Name))
            {
                if (IsWrongAge(reading))
                {
                    yield return Finding.Of($"{group.Name} was reported {reading.Lag.Seconds} s behind, its oldest events say otherwise.",
                        [reading, .. reading.Lag.Partitions.Where(partition => partition.Events > 0)]);
                }

                foreach (var partition in reading.Lag.Partitions)
                {
                    if (partitions.TryGetValue((partition.Topic, partition.Partition), out var records)
                        && (Passed(reading, partition, handled) ?? OtherThanOldest(reading, partition, records)) is { } finding)
                    {
                        yield return finding;
                    }
                }
            }
        }
    }

    /// <summary>The events of each partition that a group has handled, and when, in the order of the log.</summary>
    private static ILookup<(string Topic, int Partition), (LoggedRecord Record, DateTimeOffset At)> Handled(
        CheckedRun run, GroupEvidence group)
    {
        // A dead letter is passed when it is stored; a rebuild dates what it applies anew.
        var deadLetters = group.DeadLetters.Select(letter => letter.Position).ToHashSet(StringComparer.Ordinal);
        var rebuilt = run.History.Operations.Where(request => request.Kind == OperationKind.Replay && request.Instance == group.Name)
            .Select(request => request.Ended).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        return run.Events
            .Where(record => group.Topics.Contains(record.Topic) && !deadLetters.Contains(record.Position)
                && group.Inbox.TryGetValue(record.Event!.Identity, out var row) && row.HandledAt > rebuilt)
            .ToLookup(record => (record.Topic, record.Partition), record => (record, group.Inbox[record.Event!.Identity].HandledAt));
    }

    private static bool IsWrongAge(LagReading reading)
    {
        var oldest = reading.Lag.Partitions.Where(partition => partition.Events > 0).ToList();
        if (reading.Lag.Seconds is not { } seconds || oldest.Exists(partition => partition.OldestAt is null))
        {
            return false;
        }

        var at = oldest.Count == 0 ? (DateTimeOffset?)null : oldest.Min(partition => partition.OldestAt);
        var (least, most) = at is { } time ? (reading.Asked - time, reading.Answered - time) : default;

        // What a producer whose clock was ahead has dated into the future has no age.
        var longest = most > TimeSpan.Zero ? most : TimeSpan.Zero;
        return seconds < (least - Tolerance).TotalSeconds || seconds > (longest + Tolerance).TotalSeconds;
    }

    private static Finding? Passed(
        LagReading reading,
        PartitionLagAnswer partition,
        ILookup<(string Topic, int Partition), (LoggedRecord Record, DateTimeOffset At)> handled)
    {
        var passed = handled[(partition.Topic, partition.Partition)]
            .FirstOrDefault(later => later.Record.Offset < partition.Position && later.At > reading.Answered + Margin);
        return passed.Record is null ? null : Finding.Of(
            $"{reading.Lag.Group} was reported past {passed.Record.Position} before it had handled it.",
            reading, partition, passed.Record, $"handled at {passed.At:O}");
    }

    private static Finding? OtherThanOldest(LagReading reading, PartitionLagAnswer partition, LoggedRecord[] records)
    {
        if (partition is not { Events: > 0, OldestAt: { } oldestAt })
        {
            return null;
        }

        var oldest = records.FirstOrDefault(record => record.Offset >= partition.Position);
        return oldest?.Event is not { } read || (read.Time - oldestAt).Duration() <= Tolerance ? null : Finding.Of(
            $"{reading.Lag.Group}'s oldest event of {partition.Topic}[{partition.Partition}] was reported to be of {oldestAt:O}.",
            reading, partition, oldest);
    }
}
