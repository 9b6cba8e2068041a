namespace EventDriven.Messaging.Health;

/// <summary>The service's topics that the broker doesn't have; empty until the broker has answered for the first time.</summary>
internal sealed class MissingTopics
{
    private volatile IReadOnlyList<NeededTopic> _all = [];

    public IReadOnlyList<NeededTopic> All
    {
        get => _all;
        set => _all = value;
    }
}
