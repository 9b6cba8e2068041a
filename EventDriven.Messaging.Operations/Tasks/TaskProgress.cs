namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>How far a task has come.</summary>
/// <param name="Phase">What it does now.</param>
/// <param name="Done">Records read.</param>
/// <param name="Total">Records to read; it may grow.</param>
/// <param name="EventsPerSecond">Records a second since the beginning.</param>
/// <param name="SecondsLeft">As long as it goes on like this, in seconds; null when nothing is known yet.</param>
internal sealed record TaskProgress(string Phase, long Done, long Total, double EventsPerSecond, double? SecondsLeft) : TaskLine;
