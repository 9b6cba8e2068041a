using EventDriven.Chaos.Evidence;
using EventDriven.Chaos.Evidence.Groups;

namespace EventDriven.Chaos.Recoveries;

/// <summary>How long the application took to recover from a fault, from its end.</summary>
/// <param name="Kind">The fault's kind.</param>
/// <param name="First">Until the last group had handled its first event; null if there was none to handle.</param>
/// <param name="Lag">Until every group had handled what had happened before the fault's end.</param>
/// <param name="Latency">Until orders were answered as before; null if it took longer than was waited for.</param>
internal sealed record FaultRecovery(string Kind, TimeSpan? First, TimeSpan Lag, TimeSpan? Latency)
{
    /// <summary>
    /// The times of groups are those of their inboxes. Asking the broker meanwhile would slow down what is measured. What a group has not
    /// handled is a dead letter, or an anomaly that the checker finds.
    /// </summary>
    public static FaultRecovery Of(MeasuredFault fault, SystemEvidence evidence)
    {
        var times = evidence.Groups.Select(group => Handled(group, evidence).ToList()).ToList();
        var before = times.SelectMany(events => events).Where(handled => handled.Happened <= fault.Ended).Select(handled => handled.At);
        var first = times.Select(events => events.Where(handled => handled.At > fault.Ended).Min(handled => (DateTimeOffset?)handled.At));
        return new FaultRecovery(
            fault.Kind, first.Max() - fault.Ended, before.Append(fault.Ended).Max() - fault.Ended, fault.Latency);
    }

    private static IEnumerable<(DateTimeOffset Happened, DateTimeOffset At)> Handled(GroupEvidence consumers, SystemEvidence evidence) =>
        from record in evidence.Log
        let happened = record.Event
        where happened is not null && !consumers.Hearsay.Contains(record.Topic) && consumers.Inbox.ContainsKey(happened.Identity)
        select (happened.Time, consumers.Inbox[happened.Identity].HandledAt);
}
