namespace EventDriven.Cli.DeadLetters;

/// <summary>A dead letter, without headers, data and stack.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Id">Its number, which each database counts for itself.</param>
/// <param name="Key">Kafka key; null when it has none.</param>
/// <param name="EventId">CloudEvents id; null when it can't be read.</param>
/// <param name="Source">CloudEvents source; null when it can't be read.</param>
/// <param name="Type">CloudEvents type; null when it can't be read.</param>
/// <param name="Topic">Topic of the record.</param>
/// <param name="Partition">Partition of the record.</param>
/// <param name="Offset">Offset of the record.</param>
/// <param name="Time">When the event happened, or was written.</param>
/// <param name="Reason">failed, unreadable, contradictory or behind (blocked).</param>
/// <param name="Error">Type of the exception; null for one that is blocked.</param>
/// <param name="Message">Message of the exception.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="FirstFailedAt">When it failed first.</param>
/// <param name="LastFailedAt">When it failed last.</param>
/// <param name="State">parked, redriving, redriven or discarded.</param>
/// <param name="ChangedBy">Who has redriven or discarded it.</param>
/// <param name="ChangedAt">When its state changed.</param>
/// <param name="Note">Why it was discarded.</param>
internal sealed record DeadLetterJson(
    string Group,
    long Id,
    string? Key,
    string? EventId,
    string? Source,
    string? Type,
    string Topic,
    int Partition,
    long Offset,
    DateTimeOffset Time,
    string Reason,
    string? Error,
    string? Message,
    int Attempts,
    DateTimeOffset? FirstFailedAt,
    DateTimeOffset? LastFailedAt,
    string State,
    string? ChangedBy,
    DateTimeOffset ChangedAt,
    string? Note);
