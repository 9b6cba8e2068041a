namespace EventDriven.Messaging.Operations.Status;

/// <summary>The state of the whole system.</summary>
/// <param name="Parts">Its parts, worst first.</param>
/// <param name="HasAddresses">Whether services could be asked. Otherwise it is unknown whether a group is halted.</param>
public sealed record SystemStatus(IReadOnlyList<StatusPart> Parts, bool HasAddresses)
{
    /// <summary>What every consumer group reads, and how far it is, by name.</summary>
    public IReadOnlyList<GroupStatus> Groups { get; init; } = [];

    /// <summary>The level of its worst part.</summary>
    public StatusLevel Level => Parts.Count > 0 ? Parts.Max(part => part.Level) : StatusLevel.Green;

    /// <summary>Whether Kafka or a database does not answer, so that not everything is known.</summary>
    public bool IsIncomplete =>
        Parts.Any(part => part is { Level: StatusLevel.Red, Kind: StatusPartKind.Kafka or StatusPartKind.Database });

    /// <summary>The number of parts by level, and the problem of each red part.</summary>
    public string Summary => string.Join(
        " ",
        Parts.Where(part => part.Level == StatusLevel.Red).Select(part => $"{part.Name}: {part.Says[0]}.")
            .Prepend($"{Count(StatusLevel.Red)} red, {Count(StatusLevel.Yellow)} yellow, {Count(StatusLevel.Green)} green."));

    private int Count(StatusLevel level) => Parts.Count(part => part.Level == level);
}
