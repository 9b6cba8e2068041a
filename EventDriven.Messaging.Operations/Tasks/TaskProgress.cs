namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>How far a task has come.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Done">Records read.</param>
/// <param name="Total">Records to read; it may grow.</param>
/// <param name="EventsPerSecond">Records read a second, since the beginning.</param>
/// <param name="SecondsLeft">Time left at this rate, in seconds; null while no rate is known.</param>
public sealed record TaskProgress(string Phase, long Done, long Total, double EventsPerSecond, double? SecondsLeft) : TaskLine;
