using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Work;

namespace EventDriven.Messaging.Consuming.Reading;

/// <summary>
/// Says how far the partitions of halted topics are read: at each probe a few records of what comes next. What was read before the halt is
/// tried again, too, but need not have anything that succeeds: behind it there may be. Only the reading thread uses it.
/// </summary>
internal sealed class ProbeReads(GroupCircuitBreakers breakers, MessagingOptions options, TimeProvider time)
{
    /// <summary>Records of each partition that a probe reads: some may say nothing, because the group has no handler for them.</summary>
    private const int Handful = 3;

    private readonly Dictionary<string, TimeSpan> _next = new(StringComparer.Ordinal);

    /// <summary>Whether any topic is halted.</summary>
    public bool AnyPaused => _next.Count > 0;

    /// <summary>Looks which topics are halted now, and lets those read that are due for a probe; true when one goes on again.</summary>
    public bool Look(IEnumerable<PartitionProgress> assigned)
    {
        var due = new HashSet<string>(StringComparer.Ordinal);
        var now = time.GetRunningTime();
        var goesOn = false;
        foreach (var breaker in breakers.All)
        {
            if (breaker.Pauses is null)
            {
                goesOn |= _next.Remove(breaker.Topic);
            }
            else if (!_next.TryGetValue(breaker.Topic, out var next) || now >= next)
            {
                _next[breaker.Topic] = now + breaker.Probe;
                due.Add(breaker.Topic);
            }
        }

        foreach (var progress in assigned)
        {
            var topic = progress.Partition.Topic;
            progress.MayRead = !_next.ContainsKey(topic) ? null
                : due.Contains(topic) ? Math.Clamp(options.Consumer.WindowPerPartition - progress.Window, 0, Handful)
                : progress.MayRead ?? 0;
        }

        return goesOn;
    }
}
