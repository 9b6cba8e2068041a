namespace EventDriven.Chaos.Evidence.Logs;

/// <summary>A record of the log.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="WrittenAt">When it was sent, UTC.</param>
/// <param name="Key">Its key, as dead letters name it; null when it has none.</param>
/// <param name="Event">The event in it; null when it is none that can be read.</param>
internal sealed record LoggedRecord(string Topic, int Partition, long Offset, DateTimeOffset WrittenAt, string? Key, LoggedEvent? Event)
{
    /// <summary>Topic, partition and offset, such as <c>orders.v1[3]@120</c>.</summary>
    public string Position => $"{Topic}[{Partition}]@{Offset}";

    /// <summary>Position, type and id, for a history.</summary>
    public override string ToString() => Event is { } read
        ? $"{Position} {read.Name} {read.Id} of {Key}, {read.Time:O}"
        : $"{Position} unreadable record of {Key ?? "no key"}, {WrittenAt:O}";
}
