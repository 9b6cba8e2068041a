namespace EventDriven.Cli.Status;

/// <summary>What is known of one part of the system; figures that it hasn't are null.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Kind"><c>kafka</c>, <c>database</c>, <c>group</c>, <c>service</c> or <c>outbox</c>.</param>
/// <param name="Name">Which one.</param>
/// <param name="Says">What is wrong with it, most important first; what it is, where nothing is.</param>
internal sealed record StatusRow(StatusLevel Level, string Kind, string Name, IReadOnlyList<string> Says)
{
    /// <summary>Whether it has members, events and parked keys at all: what of these is null then is not known.</summary>
    public bool IsGroup => Kind == "group";

    /// <summary>How many read for a group.</summary>
    public int? Members { get; init; }

    /// <summary>Events that a group has not handled, or that wait in an outbox.</summary>
    public long? Events { get; init; }

    /// <summary>Age of the oldest of them.</summary>
    public double? Seconds { get; init; }

    /// <summary>Keys of a group that wait for an operator.</summary>
    public long? ParkedKeys { get; init; }

    /// <summary>All that it says, on one line.</summary>
    public string Text => string.Join("; ", Says);
}
