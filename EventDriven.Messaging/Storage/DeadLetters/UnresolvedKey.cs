namespace EventDriven.Messaging.Storage.DeadLetters;

/// <summary>A key with dead letters that wait, or a record without a key.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Partition">Partition of the topic.</param>
/// <param name="Key">The key; null for a record that has none.</param>
/// <param name="Offset">Of the oldest record that waits; of a record without a key, its own.</param>
/// <param name="IsRedriving">Whether an operator asked for a redrive.</param>
internal sealed record UnresolvedKey(string Topic, int Partition, string? Key, long Offset, bool IsRedriving);
