namespace EventDriven.Messaging.Operations.Status;

/// <summary>The state of one part of the system. Figures that are unknown, or that its kind does not have, are null.</summary>
/// <param name="Level">How bad its state is.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Says">Its problems, most important first; its state, when it has none.</param>
public sealed record StatusPart(StatusLevel Level, StatusPartKind Kind, string Name, IReadOnlyList<string> Says)
{
    /// <summary>Number of members of a group.</summary>
    public int? Members { get; init; }

    /// <summary>Events that a group has not handled, or that wait in an outbox.</summary>
    public long? Events { get; init; }

    /// <summary>Age of the oldest of these events, in seconds.</summary>
    public double? Seconds { get; init; }

    /// <summary>Parked keys of a group.</summary>
    public long? ParkedKeys { get; init; }
}
