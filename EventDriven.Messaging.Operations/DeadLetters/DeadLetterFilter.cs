namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>Selects dead letters. A null selects all.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Key">Key.</param>
/// <param name="Type">CloudEvents type.</param>
/// <param name="Reason">
/// <c>failed</c>, <c>unreadable</c>, <c>contradictory</c> or <c>behind</c> (blocked), or the full name of the exception's type.
/// </param>
public sealed record DeadLetterFilter(string? Group = null, string? Key = null, string? Type = null, string? Reason = null)
{
    /// <summary>Topic of the record.</summary>
    public string? Topic { get; init; }

    /// <summary>Partition of the record.</summary>
    public int? Partition { get; init; }

    /// <summary>The first offset, in each partition.</summary>
    public long? FromOffset { get; init; }

    /// <summary>The last offset, in each partition.</summary>
    public long? ToOffset { get; init; }
}
