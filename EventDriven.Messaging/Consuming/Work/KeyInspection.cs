namespace EventDriven.Messaging.Consuming.Work;

/// <summary>A look at the dead letters of a key, in the key's own lane: what an operator asked for is done there, in order.</summary>
/// <param name="progress">The key's partition.</param>
/// <param name="lane">The key's lane.</param>
/// <param name="key">The key; null for a record that has none.</param>
/// <param name="offset">Of a record without a key; else it names nothing.</param>
internal sealed class KeyInspection(PartitionProgress progress, string lane, string? key, long offset) : ConsumerWork(progress, lane)
{
    /// <summary>The key; null for a record that has none.</summary>
    public string? Key { get; } = key;

    /// <summary>Of a record without a key; else it names nothing.</summary>
    public long Offset { get; } = offset;

    /// <summary>Names what is inspected within its partition, so that nothing is inspected twice at once.</summary>
    public string Name => Key ?? $"@{Offset}";
}
