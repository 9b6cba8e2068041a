namespace EventDriven.ControlRoom.Tail;

/// <summary>The topics that were watched. They are as few as the broker has topics, since only those are asked for.</summary>
internal sealed class TopicTails(IHostApplicationLifetime host) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TopicTail> _tails = new(StringComparer.Ordinal);

    /// <summary>A topic's.</summary>
    public TopicTail Of(string topic)
    {
        lock (_lock)
        {
            return _tails.TryGetValue(topic, out var tail) ? tail : _tails[topic] = new TopicTail(topic, host);
        }
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<TopicTail> All()
    {
        lock (_lock)
        {
            return [.. _tails.Values];
        }
    }

    public void Dispose()
    {
        foreach (var tail in All())
        {
            tail.Dispose();
        }
    }
}
