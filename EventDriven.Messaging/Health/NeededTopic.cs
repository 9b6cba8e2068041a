namespace EventDriven.Messaging.Health;

/// <summary>A topic that the service needs on the broker.</summary>
/// <param name="Name">Name of the topic.</param>
/// <param name="Use">What happens if it is missing.</param>
internal sealed record NeededTopic(string Name, string Use)
{
    /// <summary>Says what is wrong, why it matters and which command helps.</summary>
    public string Missing =>
        $"Topic '{Name}' does not exist on the broker, or this service may not see it: {Use}. Create the declared topics: "
        + "./eventdriven topics apply";
}
