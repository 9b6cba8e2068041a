using EventDriven.Messaging.Operations.Logs;
using Microsoft.AspNetCore.WebUtilities;

namespace EventDriven.ControlRoom.Tail;

/// <summary>What of a topic somebody wants to see.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Key">Events of this key alone; null for all.</param>
/// <param name="Type">Events whose type has this text; null for all.</param>
/// <param name="Text">Events that have this text anywhere; null for all.</param>
public sealed record TailFilter(string Topic, string? Key, string? Type, string? Text)
{
    private const int LongestText = 200;

    /// <summary>Whether it lets everything through.</summary>
    public bool IsOpen => Key is null && Type is null && Text is null;

    /// <summary>The filter as a query, without what is empty.</summary>
    public string Query => QueryHelpers.AddQueryString("", new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["topic"] = Topic,
        ["key"] = Key,
        ["type"] = Type,
        ["text"] = Text,
    }.Where(part => part.Value is not null));

    /// <summary>Reads what a form has.</summary>
    public static TailFilter Of(string topic, string? key, string? type, string? text) =>
        new(Given(topic) ?? "", Given(key), Given(type), Given(text));

    /// <summary>Whether it lets an event through.</summary>
    public bool Matches(LoggedEvent logged)
    {
        ArgumentNullException.ThrowIfNull(logged);
        return (Key is null || logged.Record.Key == Key)
            && (Type is null || logged.Record.Type?.Contains(Type, StringComparison.OrdinalIgnoreCase) == true)
            && (Text is null || logged.Mentions(Text));
    }

    private static string? Given(string? text) =>
        text?.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, LongestText)] : null;
}
