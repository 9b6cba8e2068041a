using System.Globalization;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Storage.DeadLetters;
using Microsoft.AspNetCore.Http.Extensions;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>Which dead letters a page is about, as its address says. What it leaves out is not restricted.</summary>
public sealed record DeadLetterChoice
{
    /// <summary>Address of the list.</summary>
    public const string Path = "/dead-letters";

    // In whole seconds, so that the audit trail has a time that people read.
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly (string Text, TimeSpan Age)[] KnownAges =
        [("1m", TimeSpan.FromMinutes(1)), ("1h", TimeSpan.FromHours(1)), ("1d", TimeSpan.FromDays(1)), ("7d", TimeSpan.FromDays(7))];

    /// <summary>The ages that the form offers.</summary>
    public static IReadOnlyList<(string Text, string Label)> Ages { get; } =
        [("1m", "a minute"), ("1h", "an hour"), ("1d", "a day"), ("7d", "a week")];

    /// <summary>Consumer group.</summary>
    public string? Group { get; init; }

    /// <summary>Reason, in lower case, or the exception's type.</summary>
    public string? Reason { get; init; }

    /// <summary>CloudEvents type.</summary>
    public string? Type { get; init; }

    /// <summary>Key.</summary>
    public string? Key { get; init; }

    /// <summary>Topic.</summary>
    public string? Topic { get; init; }

    /// <summary>Partition of the topic.</summary>
    public int? Partition { get; init; }

    /// <summary>Offset in the partition.</summary>
    public long? Offset { get; init; }

    /// <summary>Only those that wait for longer, such as <c>1h</c>; or since before a time, such as <c>2026-11-30T12:00:00Z</c>.</summary>
    public string? Older { get; init; }

    /// <summary>Number of the last one of the page before.</summary>
    public long After { get; init; }

    /// <summary>Whether more than the group restricts it.</summary>
    public bool IsNarrowed => this with { Group = null, After = 0 } != new DeadLetterChoice();

    /// <summary>What the operators' code selects by.</summary>
    /// <param name="now">The time from which ages count, UTC.</param>
    public DeadLetterFilter FilterAt(DateTimeOffset now) => new(Group, Key, Type, Reason)
    {
        Topic = Topic,
        Partition = Partition,
        FromOffset = Offset,
        ToOffset = Offset,
        FailedBefore = FailedBefore(now),
    };

    /// <summary>
    /// The same with a time in place of an age, and from the first page on: what is shown before a change is what is changed, however long
    /// somebody thinks about it.
    /// </summary>
    /// <param name="now">The time from which ages count, UTC.</param>
    public DeadLetterChoice PinnedAt(DateTimeOffset now) => this with
    {
        After = 0,
        Older = FailedBefore(now)?.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture),
    };

    /// <summary>What an address or a form says. What can't be understood is left out.</summary>
    /// <param name="field">The value of a name; null or empty for none.</param>
    public static DeadLetterChoice Of(Func<string, string?> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return new DeadLetterChoice
        {
            Group = Text("group"),
            Reason = Text("reason"),
            Type = Text("type"),
            Key = Text("key"),
            Topic = Text("topic"),
            Partition = Whole("partition") is <= int.MaxValue and var partition ? (int)partition : null,
            Offset = Whole("offset"),
            Older = KnownAges.Any(age => age.Text == field("older")) || TimeOf(field("older")) is not null ? field("older") : null,
            After = Whole("after") ?? 0,
        };

        long? Whole(string name) =>
            long.TryParse(field(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

        string? Text(string name) => field(name)?.Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>The choice of one key, or of one dead letter that has none.</summary>
    public static DeadLetterChoice OfKey(DeadLetter deadLetter)
    {
        ArgumentNullException.ThrowIfNull(deadLetter);
        return new DeadLetterChoice
        {
            Group = deadLetter.Group,
            Topic = deadLetter.Topic,
            Partition = deadLetter.Partition,
            Key = deadLetter.Key,
            Offset = deadLetter.Key is null ? deadLetter.Offset : null,
        };
    }

    /// <summary>Names and values of what it says.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields() =>
    [
        .. new (string Name, string? Value)[]
            {
                ("group", Group), ("reason", Reason), ("type", Type), ("key", Key), ("topic", Topic), ("partition", Number(Partition)),
                ("offset", Number(Offset)), ("older", Older), ("after", After > 0 ? Number(After) : null),
            }
            .Where(field => field.Value is not null).Select(field => (field.Name, field.Value!)),
    ];

    /// <summary>An address with this choice.</summary>
    public string Url(string path = Path) =>
        path + new QueryBuilder(Fields().Select(field => KeyValuePair.Create(field.Name, field.Value))).ToQueryString();

    private DateTimeOffset? FailedBefore(DateTimeOffset now) => Older is null ? null
        : TimeOf(Older) ?? (now - KnownAges.First(age => age.Text == Older).Age);

    private static DateTimeOffset? TimeOf(string? text) => DateTimeOffset.TryParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
