namespace EventDriven.Cli.Groups;

/// <summary>Whether a group is paused.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Paused">Whether it is paused now.</param>
/// <param name="ForSeconds">How long, in seconds; null when it is not paused.</param>
internal sealed record PausedGroupJson(string Group, bool Paused, double? ForSeconds);
