namespace EventDriven.Messaging.DeadLetters;

/// <summary>Text as PostgreSQL can store it.</summary>
internal static class StoredText
{
    /// <summary>The text with NUL, which PostgreSQL's text can't have, written as \0.</summary>
    public static string Of(string text) => text.Replace("\0", "\\0", StringComparison.Ordinal);
}
