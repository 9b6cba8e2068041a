using System.Globalization;
using System.Text;

namespace EventDriven.Cli.Tables;

/// <summary>
/// Makes foreign text safe for a terminal: an event's key must not move the cursor, break a line or reverse the following text.
/// </summary>
internal static class PrintableText
{
    /// <summary>On one line: white space becomes a single space.</summary>
    public static string OneLine(string text) =>
        Of(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), keepsLines: false);

    /// <summary>With its lines and tabs.</summary>
    public static string Lines(string text) => Of(text, keepsLines: true);

    private static string Of(string text, bool keepsLines)
    {
        if (!text.EnumerateRunes().Any(rune => IsHidden(rune, keepsLines)))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            printable.Append(IsHidden(rune, keepsLines) ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return printable.ToString();
    }

    private static bool IsHidden(Rune rune, bool keepsLines) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
        && !(keepsLines && rune.Value is '\n' or '\t');
}
