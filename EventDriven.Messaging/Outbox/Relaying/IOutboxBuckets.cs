namespace EventDriven.Messaging.Outbox.Relaying;

/// <summary>The share of the outbox that a relay owns.</summary>
internal interface IOutboxBuckets
{
    /// <summary>Whether no other relay owns any.</summary>
    bool OwnsAll { get; }

    /// <summary>The buckets that may be read.</summary>
    IReadOnlyList<int> Owned { get; }

    /// <summary>
    /// Takes or gives up buckets until this relay has its share. From one that it gives up nothing more is read; it is released as soon as nothing
    /// of it is in flight, now or with a later call.
    /// </summary>
    Task ShareAsync(Func<int, bool> isInFlight, CancellationToken cancellationToken);
}
