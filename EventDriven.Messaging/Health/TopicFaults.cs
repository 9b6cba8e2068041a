namespace EventDriven.Messaging.Health;

/// <summary>What is wrong with the service's topics; empty until the broker has answered for the first time.</summary>
internal sealed class TopicFaults
{
    private volatile IReadOnlyList<TopicFault> _all = [];

    public IReadOnlyList<TopicFault> All
    {
        get => _all;
        set => _all = value;
    }
}
