using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Recoveries;

/// <summary>How long the application took to recover from a fault, from its end.</summary>
/// <param name="Kind">The fault's kind.</param>
/// <param name="First">Until the last group had handled its first event; null if nobody had one to handle, or it can't be told.</param>
/// <param name="Lag">Until every group had handled what had happened during the fault; null if it can't be told.</param>
/// <param name="Latency">Until orders were answered as before; null if it took longer than was waited for.</param>
internal sealed record FaultRecovery(string Kind, TimeSpan? First, TimeSpan? Lag, TimeSpan? Latency)
{
    /// <summary>
    /// The times of groups are those of their inboxes. Asking the broker meanwhile would slow down what is measured. What a group has not
    /// handled is a dead letter, or an anomaly that the checker finds. An inbox goes by the clock of its service: one that was wrong tells
    /// nothing.
    /// </summary>
    public static IReadOnlyList<FaultRecovery> Of(IEnumerable<MeasuredFault> faults, SystemEvidence evidence)
    {
        var groups = evidence.Groups.Select(group => Handled(group, evidence).ToList()).ToList();
        return [.. faults.Select(fault => Of(fault, groups))];
    }

    private static FaultRecovery Of(MeasuredFault fault, List<List<(DateTimeOffset Happened, DateTimeOffset At)>> groups)
    {
        if (fault.Kind == FaultKinds.ClockSkew)
        {
            return new FaultRecovery(fault.Kind, First: null, Lag: null, fault.Latency);
        }

        var meanwhile = groups.SelectMany(events => events)
            .Where(handled => handled.Happened >= fault.Began && handled.Happened <= fault.Ended).Select(handled => handled.At);
        var first = groups.Select(events => events.Where(handled => handled.Happened >= fault.Began && handled.At > fault.Ended)
            .Min(handled => (DateTimeOffset?)handled.At));
        return new FaultRecovery(
            fault.Kind, first.Max() - fault.Ended, meanwhile.Append(fault.Ended).Max() - fault.Ended, fault.Latency);
    }

    private static IEnumerable<(DateTimeOffset Happened, DateTimeOffset At)> Handled(GroupEvidence consumers, SystemEvidence evidence) =>
        from record in evidence.Log
        let happened = record.Event
        where happened is not null && !consumers.Hearsay.Contains(record.Topic) && consumers.Inbox.ContainsKey(happened.Identity)
        select (happened.Time, consumers.Inbox[happened.Identity].HandledAt);
}
