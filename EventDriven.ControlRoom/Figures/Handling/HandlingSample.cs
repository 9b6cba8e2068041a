namespace EventDriven.ControlRoom.Figures.Handling;

/// <summary>What was handled since the sample before.</summary>
/// <param name="At">When it was read, UTC.</param>
/// <param name="Groups">How long it took, by group.</param>
internal sealed record HandlingSample(DateTimeOffset At, IReadOnlyDictionary<string, HandlingCounts> Groups);
