namespace EventDriven.Chaos.Recoveries;

/// <summary>How long the application took to recover from a fault, from its end.</summary>
/// <param name="Kind">The fault's kind.</param>
/// <param name="Lag">Until every group and outbox was as it is under load; null if it took longer than was waited for.</param>
/// <param name="Latency">Until orders were answered as before; null if it took longer than was waited for.</param>
internal sealed record FaultRecovery(string Kind, TimeSpan? Lag, TimeSpan? Latency);
