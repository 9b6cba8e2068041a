using EventDriven.Messaging.Operations.Status;

namespace EventDriven.ControlRoom.Flow;

/// <summary>A service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Level">How bad its state is: red when none of its instances works.</param>
/// <param name="Says">The state of each instance.</param>
/// <param name="Publishes">Topics that its events go to.</param>
public sealed record ServiceFlow(string Name, StatusLevel Level, IReadOnlyList<string> Says, IReadOnlyList<string> Publishes)
{
    /// <summary>Events that wait in its outbox; null when it has none, or it can't be read.</summary>
    public long? OutboxEvents { get; init; }

    /// <summary>Age of the oldest of them, in seconds.</summary>
    public double? OutboxSeconds { get; init; }
}
