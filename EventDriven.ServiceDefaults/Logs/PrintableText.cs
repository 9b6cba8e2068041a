using System.Globalization;

namespace EventDriven.ServiceDefaults.Logs;

/// <summary>
/// Text as a terminal may show it. What comes from outside may hold characters that a terminal obeys instead of showing them: it could clear the
/// operator's screen, write a line of its own, or turn the order of a line's characters around.
/// </summary>
internal static class PrintableText
{
    /// <summary>Writes the text on one line: line breaks and tabs as blanks, any other such character as its number.</summary>
    public static void Write(TextWriter output, ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!IsObeyed(character))
            {
                output.Write(character);
            }
            else if (character is '\r' or '\n' or '\t')
            {
                output.Write(' ');
            }
            else
            {
                output.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"));
            }
        }
    }

    /// <summary>Whether a text holds nothing but what a terminal shows.</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (IsObeyed(character))
            {
                return false;
            }
        }

        return true;
    }

    // Control characters, the separators of lines and paragraphs, and what sets the direction of writing.
    private static bool IsObeyed(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
