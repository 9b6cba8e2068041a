namespace EventDriven.Cli.Status;

/// <summary>The state of the whole system.</summary>
/// <param name="State">That of its worst part: green, yellow or red.</param>
/// <param name="Parts">Its parts, worst first.</param>
/// <param name="Notes">What could not be asked.</param>
internal sealed record SystemStatusJson(string State, IReadOnlyList<StatusPartJson> Parts, IReadOnlyList<string> Notes);
