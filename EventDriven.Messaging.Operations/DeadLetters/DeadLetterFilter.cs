using System.Globalization;

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

    /// <summary>
    /// Only those that failed first, or were parked behind another one, before this time. A redrive takes a key whose oldest dead letter
    /// did.
    /// </summary>
    public DateTimeOffset? FailedBefore { get; init; }

    /// <summary>The options by which a command selects the same.</summary>
    internal IEnumerable<string> Options =>
    [
        .. Group is null ? ["--all-groups"] : (string[])["--group", Group],
        .. Option("--key", Key),
        .. Option("--type", Type),
        .. Option("--reason", Reason),
        .. Option("--topic", Topic),
        .. Option("--partition", Partition),
        .. Option("--older-than", FailedBefore?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)),
        .. FromOffset is null && ToOffset is null ? [] : (string[])["--offsets", $"{FromOffset}..{ToOffset}"],
    ];

    private static string[] Option(string name, object? value) => value is null ? [] : [name, $"{value}"];
}
