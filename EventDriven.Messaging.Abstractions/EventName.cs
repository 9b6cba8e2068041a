using System.Reflection;
using System.Text.RegularExpressions;

namespace EventDriven.Messaging;

/// <summary>
/// The name of an event: <c>system.domain.fact-in-the-past-tense.vN</c>. A name that reads like a command is refused where it is
/// registered, so that a topic can't quietly become a command queue (law L1).
/// </summary>
public static partial class EventName
{
    // Past participles that don't end in "ed"; extend the list when a domain needs another.
    private static readonly HashSet<string> IrregularParticiples = new(StringComparer.Ordinal)
    {
        "bought", "broken", "built", "chosen", "done", "drawn", "found", "frozen", "given", "gone", "held", "kept", "left", "lost",
        "made", "met", "paid", "put", "read", "run", "sent", "set", "shown", "sold", "spent", "taken", "told", "withdrawn", "won",
        "written",
    };

    // Words that end in "ed" without being a participle.
    private static readonly HashSet<string> FalseParticiples = new(StringComparer.Ordinal)
    {
        "feed", "need", "seed", "speed", "exceed", "proceed",
    };

    /// <summary>The name on an event's record.</summary>
    /// <exception cref="ArgumentException">
    /// The record has no <see cref="EventAttribute"/>, or its name is not a fact in the past tense (law L1).
    /// </exception>
    public static string Of<TEvent>() => Of(typeof(TEvent));

    /// <summary>The name on an event's record.</summary>
    /// <exception cref="ArgumentException">
    /// The record has no <see cref="EventAttribute"/>, or its name is not a fact in the past tense (law L1).
    /// </exception>
    public static string Of(Type record) => EnsureFact(Find(record) ?? throw new ArgumentException(
        $"{record.Name} has no event name: write [Event(\"system.domain.fact-in-the-past-tense.v1\")] above it, such as " +
        "[Event(\"eventdriven.orders.order-placed.v1\")].", nameof(record)));

    /// <summary>Returns <paramref name="type"/> when it names a fact.</summary>
    /// <exception cref="ArgumentException">The name has another shape, or no word of it is in the past tense.</exception>
    public static string EnsureFact(string type)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        var match = Shape().Match(type);
        if (!match.Success)
        {
            throw new ArgumentException(
                $"'{type}' is no event name. Use system.domain.fact-in-the-past-tense.vN, such as eventdriven.orders.order-placed.v1.",
                nameof(type));
        }

        var words = match.Groups["fact"].Value.Split('-');

        // The first word is what the fact is about: "place-order" is a command, "order-placed" a fact.
        if (!words.Skip(1).Any(IsPastTense))
        {
            throw new ArgumentException(
                $"'{type}' does not read as a fact in the past tense (law L1): say what happened, such as 'order-placed', not what to do. "
                + "A command is a synchronous call to one service.", nameof(type));
        }

        return type;
    }

    /// <summary>A URI for the schema of the event's data, for CloudEvents' <c>dataschema</c>.</summary>
    public static string DataSchema(string type) => "urn:" + type.Replace('.', ':');

    /// <summary>The unchecked name on a record; null if it has none.</summary>
    internal static string? Find(Type record) => record.GetCustomAttribute<EventAttribute>()?.Name;

    private static bool IsPastTense(string word) =>
        IrregularParticiples.Contains(word) || (word.EndsWith("ed", StringComparison.Ordinal) && !FalseParticiples.Contains(word));

    [GeneratedRegex(
        @"^[a-z0-9]+\.[a-z0-9-]+\.(?<fact>[a-z0-9]+(-[a-z0-9]+)+)\.v[1-9][0-9]*$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
