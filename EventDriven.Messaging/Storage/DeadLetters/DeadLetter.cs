namespace EventDriven.Messaging.Storage.DeadLetters;

/// <summary>
/// A row of the dead letters: a record that its group could not apply, or one that stands behind such a record of its key and must not
/// overtake it (law L5). It keeps the record as it was, so that it can be applied later.
/// </summary>
public sealed class DeadLetter
{
    /// <summary>Number of the row, in the order in which they were stored.</summary>
    public long Id { get; init; }

    /// <summary>Consumer group.</summary>
    public required string Group { get; init; }

    /// <summary>Id of the Kafka cluster: an offset means nothing on another log.</summary>
    public required string Cluster { get; init; }

    /// <summary>Topic.</summary>
    public required string Topic { get; init; }

    /// <summary>Partition of the topic.</summary>
    public required int Partition { get; init; }

    /// <summary>Offset in the partition.</summary>
    public required long Offset { get; init; }

    /// <summary>The record's key, which it parks; null when it has none that can be read, and then it parks nothing.</summary>
    public string? Key { get; init; }

    /// <summary>CloudEvents id, as far as it can be read.</summary>
    public string? EventId { get; init; }

    /// <summary>CloudEvents source, as far as it can be read.</summary>
    public string? Source { get; init; }

    /// <summary>Hash of source and id, see <see cref="EventIdentity"/>; null when they can't be read.</summary>
    public Guid? Identity { get; init; }

    /// <summary>Hash of what it says, as the inbox keeps it; null when it can't be read, or was stored by an earlier version.</summary>
    public long? Content { get; init; }

    /// <summary>CloudEvents type, as far as it can be read.</summary>
    public string? Type { get; init; }

    /// <summary>When the fact happened, UTC; of the record when that can't be read.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The record's headers: JSON array of <c>{ "name", "value" }</c>, values in base64.</summary>
    public required string Headers { get; init; }

    /// <summary>The record's key as it was.</summary>
    public byte[]? RecordKey { get; init; }

    /// <summary>The record's value as it was.</summary>
    public byte[]? Data { get; init; }

    /// <summary>Why it is here.</summary>
    public required DeadLetterReason Reason { get; init; }

    /// <summary>Full name of the exception; null for one that only stands behind another.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The exception's message, scrubbed of personal data.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The exception's stack, and those of its causes.</summary>
    public string? ErrorStack { get; init; }

    /// <summary>Attempts in all, those of redrives included.</summary>
    public int Attempts { get; init; }

    /// <summary>First failure, UTC.</summary>
    public DateTimeOffset? FirstFailedAt { get; init; }

    /// <summary>Last failure, UTC.</summary>
    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>What becomes of it.</summary>
    public required DeadLetterState State { get; init; }

    /// <summary>Who gave it that state: the group, or the operator's account.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Why it was discarded.</summary>
    public string? Note { get; init; }
}
