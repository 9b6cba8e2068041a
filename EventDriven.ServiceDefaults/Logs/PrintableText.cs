using System.Globalization;

namespace EventDriven.ServiceDefaults.Logs;

/// <summary>
/// Text that is safe on a terminal. External text may hold control characters that a terminal executes: they could clear the operator's
/// screen, forge a line, or reverse the order of characters.
/// </summary>
internal static class PrintableText
{
    /// <summary>Writes the text on one line: line breaks and tabs become spaces, other unsafe characters become their code.</summary>
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

    /// <summary>Whether a text holds only characters that a terminal shows.</summary>
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

    // Control characters, line and paragraph separators, and characters that set the writing direction.
    private static bool IsObeyed(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
