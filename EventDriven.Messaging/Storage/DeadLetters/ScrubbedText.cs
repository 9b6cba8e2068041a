using System.Text.RegularExpressions;

namespace EventDriven.Messaging.Storage.DeadLetters;

/// <summary>
/// Text of exceptions without what may name a person: an operator needs to know what failed, not for whom. It does what it can: a name
/// can't be told from other words, so no exception may have one in its message.
/// </summary>
internal static partial class ScrubbedText
{
    private const int MaxCharacters = 20_000;

    /// <summary>Without e-mail addresses and long numbers; cut to a bound, and without what PostgreSQL can't store.</summary>
    public static string Of(string text)
    {
        var bounded = text.Length > MaxCharacters ? text[..MaxCharacters] : text;
        return StoredText.Of(Numbers().Replace(Addresses().Replace(bounded, "<address>"), Scrubbed));
    }

    private static string Scrubbed(Match match) => match.Groups["number"].Success ? "<number>" : match.Value;

    [GeneratedRegex(@"[^\s@<>""'(),;:]+@[^\s@<>""'(),;:]+", RegexOptions.NonBacktracking)]
    private static partial Regex Addresses();

    // Telephone, card and account numbers: seven digits and more, with the separators that people write between them. UUIDs and dates stay.
    [GeneratedRegex(
        @"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
            + @"|\b[0-9]{4}-(?:0[0-9]|1[0-2])-[0-3][0-9](?:[T ][0-9]{2}:[0-9:.]+|\b)"
            + @"|(?<number>\+?\d(?:[ ./()-]{0,2}\d){6,})",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();
}
