namespace EventDriven.Cli.Status;

/// <summary>The whole system at one time.</summary>
/// <param name="Rows">Its parts, worst first.</param>
/// <param name="HasAddresses">Whether services could be asked: what only they know is missing otherwise.</param>
internal sealed record SystemStatus(IReadOnlyList<StatusRow> Rows, bool HasAddresses)
{
    /// <summary>As bad as its worst part.</summary>
    public StatusLevel Level => Rows.Count > 0 ? Rows.Max(row => row.Level) : StatusLevel.Green;

    /// <summary>What the command ends with: 3 where something can't be known, because a server doesn't answer.</summary>
    public int ExitCode => Rows.Any(row => row is { Level: StatusLevel.Red, Kind: StatusRows.Kafka or StatusRows.Database }) ? Messaging.Operations.Tasks.ExitCode.Unreachable
        : Level == StatusLevel.Red ? Messaging.Operations.Tasks.ExitCode.Refused
        : Messaging.Operations.Tasks.ExitCode.Done;

    /// <summary>How many are how bad, and what is red.</summary>
    public string Summary => string.Join(
        " ",
        Rows.Where(row => row.Level == StatusLevel.Red).Select(row => $"{row.Name}: {row.Says[0]}.")
            .Prepend($"{Count(StatusLevel.Red)} red, {Count(StatusLevel.Yellow)} yellow, {Count(StatusLevel.Green)} green."));

    private int Count(StatusLevel level) => Rows.Count(row => row.Level == level);
}
