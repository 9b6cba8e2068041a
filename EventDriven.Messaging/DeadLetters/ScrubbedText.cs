using System.Text.RegularExpressions;

namespace EventDriven.Messaging.DeadLetters;

/// <summary>Text of exceptions without what may name a person: an operator needs to know what failed, not for whom.</summary>
internal static partial class ScrubbedText
{
    private const int MaxCharacters = 20_000;

    /// <summary>Without e-mail addresses and long numbers; cut to a bound, and without the character that PostgreSQL can't store.</summary>
    public static string Of(string text)
    {
        var bounded = text.Length > MaxCharacters ? text[..MaxCharacters] : text;
        return StoredText.Of(Numbers().Replace(Addresses().Replace(bounded, "<address>"), "<number>"));
    }

    [GeneratedRegex(@"[^\s@<>""'(),;:]+@[^\s@<>""'(),;:]+", RegexOptions.NonBacktracking)]
    private static partial Regex Addresses();

    // Telephone, card and account numbers: seven digits and more, with the separators that people write between them.
    [GeneratedRegex(@"\+?\d(?:[ ./]?\d){6,}", RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();
}
