namespace EventDriven.Messaging.Health;

/// <summary>The topics that the service needs and the broker lacks; empty until the broker has answered once.</summary>
internal sealed class MissingTopics
{
    private volatile IReadOnlyList<NeededTopic> _all = [];

    public IReadOnlyList<NeededTopic> All
    {
        get => _all;
        set => _all = value;
    }
}
