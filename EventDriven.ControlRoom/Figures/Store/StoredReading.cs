using EventDriven.ControlRoom.Figures.Charts;

namespace EventDriven.ControlRoom.Figures.Store;

/// <summary>What the metrics store has told.</summary>
/// <param name="Charts">The charts; null when there are none.</param>
/// <param name="Problem">Why there are none; null when there are.</param>
internal sealed record StoredReading(IReadOnlyList<Chart>? Charts, string? Problem);
