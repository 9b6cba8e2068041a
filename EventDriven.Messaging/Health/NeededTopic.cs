namespace EventDriven.Messaging.Health;

/// <summary>A topic that the service needs on the broker.</summary>
/// <param name="Name">Topic.</param>
/// <param name="Use">What happens without it.</param>
internal sealed record NeededTopic(string Name, string Use)
{
    /// <summary>What is wrong, why that matters, and the words to write.</summary>
    public string Missing =>
        $"Topic '{Name}' does not exist on the broker, or may not be seen by this service: {Use}. Create the declared topics: ./eventdriven topics apply";
}
