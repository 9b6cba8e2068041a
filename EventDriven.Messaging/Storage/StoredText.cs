using System.Text;

namespace EventDriven.Messaging.Storage;

/// <summary>Text as PostgreSQL can store it.</summary>
internal static class StoredText
{
    /// <summary>
    /// The text with NUL, which PostgreSQL's text can't have, written as \0, and with U+FFFD for each half of a character that stands
    /// alone, which UTF-8 can't have: a text that was cut may end with one.
    /// </summary>
    public static string Of(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\0", "\\0", StringComparison.Ordinal);
}
