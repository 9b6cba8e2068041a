namespace EventDriven.Cli.Journeys;

/// <summary>A group that has sent no receipt for an event.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="ForSeconds">Time since the event happened, in seconds.</param>
internal sealed record SilentGroupJson(string Group, double ForSeconds);
