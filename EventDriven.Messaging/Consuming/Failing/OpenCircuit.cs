namespace EventDriven.Messaging.Consuming.Failing;

/// <summary>A topic of a group whose failing events may not become dead letters now.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Topic">Topic.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsPaused">Whether its partitions pause, because nothing else of it succeeds either.</param>
internal sealed record OpenCircuit(string Group, string Topic, string Reason, bool IsPaused);
