using EventDriven.Messaging.Consuming.Failing;

namespace EventDriven.Messaging.Consuming.Handling;

/// <summary>What a transaction has committed.</summary>
internal sealed class AppliedEvents
{
    /// <summary>The events that were applied for the first time.</summary>
    public IReadOnlyList<EventAttempt> Fresh { get; init; } = [];

    /// <summary>Those of them that handlers of single events took.</summary>
    public HandlerTimes Singles { get; init; } = HandlerTimes.None;

    /// <summary>Time that the transaction took without any handler.</summary>
    public TimeSpan TransactionTook { get; init; }

    /// <summary>Records that were to be dead letters and had been given up before: they park nothing.</summary>
    public IReadOnlyCollection<DeadLetterEntry> Discarded { get; init; } = [];

    /// <summary>
    /// Whether nothing was done, because the group's offset in the database was beyond the only record: another instance is further on its
    /// partition, and what becomes of the record is that one's business.
    /// </summary>
    public bool IsBehindOthers { get; init; }
}
