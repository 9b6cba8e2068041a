namespace EventDriven.Chaos.Recoveries;

/// <summary>A fault under load, and what clients saw of the recovery from it.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Began">When it began.</param>
/// <param name="Ended">When it was over.</param>
/// <param name="Latency">How long after its end orders were answered as before; null if it took longer than was waited for.</param>
internal sealed record MeasuredFault(string Kind, DateTimeOffset Began, DateTimeOffset Ended, TimeSpan? Latency);
