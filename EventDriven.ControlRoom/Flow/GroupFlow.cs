using EventDriven.Messaging.Operations.Status;

namespace EventDriven.ControlRoom.Flow;

/// <summary>A consumer group.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Service">The service whose group it is.</param>
/// <param name="Level">How bad its state is.</param>
/// <param name="Says">Its problems, most important first; its state, when it has none.</param>
/// <param name="Reads">What it reads.</param>
public sealed record GroupFlow(
    string Name, string Service, StatusLevel Level, IReadOnlyList<string> Says, IReadOnlyList<GroupRead> Reads)
{
    /// <summary>Number of its members; null when it is unknown.</summary>
    public int? Members { get; init; }

    /// <summary>Whether its offsets are in its service's database, as those of a read model are.</summary>
    public bool KeepsOffsets { get; init; }

    /// <summary>Events that it has not handled; null when they are unknown.</summary>
    public long? Events { get; init; }

    /// <summary>Age of the oldest of them, in seconds.</summary>
    public double? Seconds { get; init; }

    /// <summary>Where its lag goes.</summary>
    public LagTrend Trend { get; init; } = LagTrend.Unknown;

    /// <summary>Keys of which an event is parked.</summary>
    public long ParkedKeys { get; init; }

    /// <summary>Its lag in events over the last minutes, oldest first.</summary>
    public IReadOnlyList<double> Past { get; init; } = [];
}
