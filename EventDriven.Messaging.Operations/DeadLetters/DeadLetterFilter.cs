namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>Which dead letters an operator means; what is null doesn't matter.</summary>
/// <param name="Group">Consumer group.</param>
/// <param name="Key">Key.</param>
/// <param name="Type">CloudEvents type.</param>
/// <param name="Reason"><c>failed</c>, <c>unreadable</c>, <c>contradictory</c> or <c>behind</c>, or the exception's type.</param>
public sealed record DeadLetterFilter(string? Group = null, string? Key = null, string? Type = null, string? Reason = null)
{
    /// <summary>Topic on which the record stood.</summary>
    public string? Topic { get; init; }

    /// <summary>Partition of the topic.</summary>
    public int? Partition { get; init; }

    /// <summary>The first offset that is meant, in each partition.</summary>
    public long? FromOffset { get; init; }

    /// <summary>The last offset that is meant.</summary>
    public long? ToOffset { get; init; }
}
