namespace EventDriven.Messaging.Storage.Outbox;

/// <summary>What the relay reads and deletes of the outbox, over the connection that owns its buckets.</summary>
internal interface IOutboxTable
{
    /// <summary>
    /// The oldest rows of the buckets, in the order of their sequence, without some rows and without those of some keys. What is to be
    /// deleted is deleted before, in the same round trip.
    /// </summary>
    Task<List<OutboxRecord>> ReadAsync(
        IReadOnlyCollection<OutboxRow> delete,
        IReadOnlyList<int> buckets,
        long[] without,
        IReadOnlyCollection<string> withoutKeys,
        int atMost,
        CancellationToken cancellationToken);

    /// <summary>The oldest row of each of some keys, as far as they are in the buckets.</summary>
    Task<List<OutboxRecord>> ReadFirstAsync(
        IReadOnlyList<int> buckets, IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>Deletes rows that the broker has acknowledged.</summary>
    Task DeleteAsync(IReadOnlyCollection<OutboxRow> rows, CancellationToken cancellationToken);

    /// <summary>Tells the relays of other processes that they may have work.</summary>
    Task NotifyOthersAsync(CancellationToken cancellationToken);
}
