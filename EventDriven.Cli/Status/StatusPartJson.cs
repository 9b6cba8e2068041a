namespace EventDriven.Cli.Status;

/// <summary>The state of one part of the system. Figures that are unknown, or that its kind does not have, are null.</summary>
/// <param name="State">green, yellow or red.</param>
/// <param name="Kind">kafka, database, group, service or outbox.</param>
/// <param name="Name">Its name.</param>
/// <param name="Members">Number of members of a group.</param>
/// <param name="Events">Events that a group has not handled, or that wait in an outbox.</param>
/// <param name="Seconds">Age of the oldest of these events, in seconds.</param>
/// <param name="ParkedKeys">Parked keys of a group.</param>
/// <param name="Says">Its problems, most important first; its state, when it has none.</param>
internal sealed record StatusPartJson(
    string State,
    string Kind,
    string Name,
    int? Members,
    long? Events,
    double? Seconds,
    long? ParkedKeys,
    IReadOnlyList<string> Says);
