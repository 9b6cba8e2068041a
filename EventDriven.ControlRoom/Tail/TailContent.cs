using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.ControlRoom.Tail;

/// <summary>What is shown of a topic.</summary>
/// <param name="Events">The newest events, newest first.</param>
/// <param name="Read">How many events were looked at for those that were there before.</param>
/// <param name="Since">When the oldest of them was sent, UTC; null when there was none.</param>
/// <param name="PassedOver">How many events were not looked at since, because there were too many.</param>
/// <param name="Problem">Why the log can't be read; null if it can.</param>
public sealed record TailContent(
    IReadOnlyList<LoggedEvent> Events, int Read, DateTimeOffset? Since, long PassedOver = 0, string? Problem = null)
{
    /// <summary>Most events that are shown.</summary>
    public const int MaxShown = 50;

    /// <summary>The same with newer events.</summary>
    /// <param name="newer">Some of them may be known.</param>
    /// <param name="passedOver">How many were not looked at.</param>
    /// <param name="problem">Why the log can't be read; null if it can.</param>
    public TailContent With(IEnumerable<LoggedEvent> newer, long passedOver, string? problem) => this with
    {
        Events =
        [
            .. newer.Concat(Events).DistinctBy(logged => (logged.Record.Topic, logged.Record.Partition, logged.Record.Offset))
                .OrderByDescending(logged => logged.Record.Time).ThenByDescending(logged => logged.Record.Offset)
                .Take(MaxShown),
        ],
        PassedOver = passedOver,
        Problem = problem,
    };
}
