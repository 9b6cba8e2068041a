using System.Text;

namespace EventDriven.Chaos.Tables;

/// <summary>Rows as text, in columns.</summary>
internal static class TextTable
{
    /// <summary>One line for the titles, and one for each row.</summary>
    public static string Of(string[] titles, IEnumerable<string[]> rows)
    {
        var lines = rows.Prepend(titles).ToList();
        var widths = titles.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.AppendLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        return text.ToString();
    }

    /// <summary>The same in Markdown.</summary>
    public static string Markdown(string[] titles, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        foreach (var line in rows.Prepend([.. titles.Select(_ => "---")]).Prepend(titles))
        {
            text.AppendLine($"| {string.Join(" | ", line)} |");
        }

        return text.ToString();
    }
}
