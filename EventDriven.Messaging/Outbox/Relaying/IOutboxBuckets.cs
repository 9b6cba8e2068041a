namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>The share of the outbox that a relay owns.</summary>
internal interface IOutboxBuckets
{
    /// <summary>Whether this relay owns every bucket.</summary>
    bool OwnsAll { get; }

    /// <summary>The buckets that this relay may read.</summary>
    IReadOnlyList<int> Owned { get; }

    /// <summary>
    /// Takes or gives up buckets until this relay has its share. A bucket that it gives up is read no further; it is released once none of
    /// its rows is in flight, by this call or a later one.
    /// </summary>
    Task ShareAsync(Func<int, bool> isInFlight, CancellationToken cancellationToken);
}
