using System.Globalization;
using System.Reflection;
using EventDriven.Messaging.Naming;

namespace EventDriven.Messaging;

/// <summary>
/// The name of an event: <c>system.domain.fact-in-the-past-tense.vN</c>. A name that reads like a command is refused where it is
/// registered, so that a topic can't quietly become a command queue (law L1).
/// </summary>
public static class EventName
{
    private const int MaxMajorDigits = 4;

    /// <summary>The name on an event's record.</summary>
    /// <exception cref="ArgumentException">
    /// The record has no <see cref="EventAttribute"/>, or its name is not a fact in the past tense (law L1).
    /// </exception>
    public static string Of<TEvent>() => Of(typeof(TEvent));

    /// <summary>The name on an event's record.</summary>
    /// <exception cref="ArgumentException">
    /// The record has no <see cref="EventAttribute"/>, or its name is not a fact in the past tense (law L1).
    /// </exception>
    public static string Of(Type record) => EnsureFact(Find(record)?.Name ?? throw new ArgumentException(
        $"{record.Name} has no event name: write [Event(\"system.domain.fact-in-the-past-tense.v1\")] above it, such as " +
        "[Event(\"eventdriven.orders.order-placed.v1\")].", nameof(record)));

    /// <summary>Returns <paramref name="type"/> when it names a fact.</summary>
    /// <exception cref="ArgumentException">The name has another shape, or no word of it is in the past tense.</exception>
    public static string EnsureFact(string type)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        if (!FactName.HasShape(type))
        {
            throw new ArgumentException(
                $"'{type}' is no event name. Use system.domain.fact-in-the-past-tense.vN, such as eventdriven.orders.order-placed.v1.",
                nameof(type));
        }

        if (!FactName.IsInPastTense(type))
        {
            throw new ArgumentException(
                $"'{type}' does not read as a fact in the past tense (law L1): say what happened, such as 'order-placed', not what to do. "
                + "A command is a synchronous call to one service.", nameof(type));
        }

        return type;
    }

    /// <summary>
    /// The topic of an event's contract: <see cref="EventAttribute.Topic"/>, or domain and major version of its name, such as
    /// <c>orders.v1</c>.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The record has no <see cref="EventAttribute"/>, or its name is not a fact in the past tense (law L1).
    /// </exception>
    public static string TopicOf(Type record)
    {
        var parts = Of(record).Split('.');
        return Find(record)!.Topic ?? $"{parts[^3]}.{parts[^1]}";
    }

    /// <summary>A URI for the schema of the event's data, for CloudEvents' <c>dataschema</c>.</summary>
    public static string DataSchema(string type) => "urn:" + type.Replace('.', ':');

    /// <summary>The major version of an event type: 2 of <c>eventdriven.orders.order-placed.v2</c>; 1 of a type that names none.</summary>
    internal static short MajorOf(string type) =>
        type.LastIndexOf(".v", StringComparison.Ordinal) is var begin and >= 0
        && type.AsSpan(begin + 2) is { Length: <= MaxMajorDigits } digits
        && short.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : (short)1;

    /// <summary>The same as an expression of PostgreSQL.</summary>
    /// <param name="type">Expression of type <c>text</c>: CloudEvents <c>type</c>.</param>
    internal static string MajorSql(string type) =>
        FormattableString.Invariant($@"coalesce(substring({type} FROM '\.v([0-9]{{1,{MaxMajorDigits}}})$')::smallint, 1::smallint)");

    /// <summary>Whether two event types are major versions of one fact.</summary>
    internal static bool AreVersionsOfOneFact(string one, string other) =>
        one != other && one.AsSpan(0, one.LastIndexOf('.')).SequenceEqual(other.AsSpan(0, other.LastIndexOf('.')));

    /// <summary>The fact that an event type names, without its major version.</summary>
    internal static string FactOf(string type) =>
        type.LastIndexOf(".v", StringComparison.Ordinal) is var begin and > 0 ? type[..begin] : type;

    /// <summary>The unchecked name on a record, and its topic; null if it has none.</summary>
    internal static EventAttribute? Find(Type record) => record.GetCustomAttribute<EventAttribute>();
}
