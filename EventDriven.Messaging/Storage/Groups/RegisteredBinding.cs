namespace EventDriven.Messaging.Storage.Groups;

/// <summary>An event type that a group handles.</summary>
internal sealed class RegisteredBinding
{
    /// <summary>Kafka's group id.</summary>
    public required string Group { get; init; }

    /// <summary>Name of the fact.</summary>
    public required string EventType { get; init; }

    /// <summary>
    /// Since when, UTC: the group has passed over older events of a type that it was bound to later. Minus infinity for what it handled from the
    /// beginning.
    /// </summary>
    public required DateTimeOffset Since { get; init; }
}
