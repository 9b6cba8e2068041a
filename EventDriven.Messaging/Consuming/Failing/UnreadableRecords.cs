using System.Collections.Concurrent;

namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>
/// How many records the service's groups could not read within a minute, by group and topic. That is their producers' fault: it never stops
/// a group (see <see cref="CircuitBreaker"/>), and must be seen all the same (law L8).
/// </summary>
internal sealed class UnreadableRecords(TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Group, string Topic), MinuteCount> _counts = new();

    /// <summary>A record became a dead letter because it can't be read.</summary>
    public void Stored(string group, string topic)
    {
        var count = _counts.GetOrAdd((group, topic), _ => new MinuteCount(time));
        lock (count)
        {
            count.Add(1);
        }
    }

    /// <summary>Of groups and topics with any.</summary>
    public IReadOnlyList<(string Group, string Topic, int Records)> WithinAMinute()
    {
        var counts = new List<(string Group, string Topic, int Records)>();
        foreach (var ((group, topic), count) in _counts)
        {
            lock (count)
            {
                if (count.Value is > 0 and var records)
                {
                    counts.Add((group, topic, records));
                }
            }
        }

        counts.Sort();
        return counts;
    }
}
