namespace EventDriven.Chaos.Evidence.Groups;

/// <summary>A dead letter.</summary>
/// <param name="Topic">Topic of the record.</param>
/// <param name="Partition">Partition of the record.</param>
/// <param name="Offset">Offset of the record.</param>
/// <param name="Key">The key that it parks; null when it has none.</param>
/// <param name="Reason">Why it is one: <c>failed</c>, <c>unreadable</c>, <c>contradictory</c> or <c>behind</c>.</param>
/// <param name="State">What became of it: <c>parked</c>, <c>redriving</c>, <c>redriven</c> or <c>discarded</c>.</param>
/// <param name="Error">What went wrong.</param>
internal sealed record StoredDeadLetter(
    string Topic, int Partition, long Offset, string? Key, string Reason, string State, string? Error)
{
    /// <summary>Whether it still waits, and blocks its key.</summary>
    public bool IsOpen => State is "parked" or "redriving";

    /// <summary>Topic, partition and offset, as those of its record.</summary>
    public string Position => $"{Topic}[{Partition}]@{Offset}";

    /// <summary>For a history.</summary>
    public override string ToString() => $"{Position} dead letter of {Key ?? "no key"}: {Reason}, {State}. {Error}";
}
