using EventDriven.ControlRoom.Live;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.ControlRoom.Tail;

/// <summary>The end of a topic, read once for everybody who watches it. The reading is the sampler's alone.</summary>
internal sealed class TopicTail(string topic, IHostApplicationLifetime host) : IDisposable
{
    private const int Kept = 500;

    /// <summary>The topic.</summary>
    public string Topic => topic;

    /// <summary>What is new, for those who watch.</summary>
    public LiveFeed<TailSnapshot> Feed { get; } = new(host);

    /// <summary>What reads it; null while nobody watches, or the broker is away.</summary>
    public LogFollower? Follower { get; set; }

    /// <summary>Adds what was read.</summary>
    public void Add(LogPortion portion)
    {
        var latest = Feed.Latest;
        Feed.Publish(new TailSnapshot(
            [.. portion.Events.Reverse().Concat(latest?.Events ?? []).Take(Kept)], (latest?.PassedOver ?? 0) + portion.PassedOver, null));
    }

    /// <summary>Tells that nothing can be read.</summary>
    public void Fail(string problem) =>
        Feed.Publish(new TailSnapshot(Feed.Latest?.Events ?? [], Feed.Latest?.PassedOver ?? 0, problem));

    public void Dispose()
    {
        Follower?.Dispose();
        Feed.Dispose();
    }
}
