using System.Globalization;
using Spectre.Console;

namespace EventDriven.Cli.Tables;

/// <summary>Shortens text to a width in terminal cells. An ellipsis replaces the rest.</summary>
internal static class Cut
{
    private const string Ellipsis = "…";

    /// <summary>Characters that distinguish ids.</summary>
    private const int IdCharacters = 8;

    /// <summary>Width of a short id.</summary>
    public const int IdWidth = IdCharacters + 1;

    /// <summary>Keeps the beginning.</summary>
    public static string End(string text, int width) =>
        text.GetCellWidth() <= width ? text : Take(Elements(text), width - 1) + (width > 0 ? Ellipsis : "");

    /// <summary>Keeps the end.</summary>
    public static string Start(string text, int width) => text.GetCellWidth() <= width
        ? text
        : (width > 0 ? Ellipsis : "") + string.Concat(Elements(Take(Elements(text).Reverse(), width - 1)).Reverse());

    /// <summary>
    /// An id's last 8 characters. The first characters of a UUIDv7 are its time, which all orders of the same minute share. Ids
    /// that are hardly longer are not shortened.
    /// </summary>
    public static string Id(string text) => text.GetCellWidth() > IdWidth ? Start(text, IdWidth) : text;

    /// <summary>The fact's name and version: <c>order-placed.v1</c> of <c>eventdriven.orders.order-placed.v1</c>.</summary>
    public static string Type(string type)
    {
        var parts = type.Split('.');
        return parts.Length > 2 && parts[^1] is ['v', ..] ? $"{parts[^2]}.{parts[^1]}" : type;
    }

    private static string Take(IEnumerable<string> elements, int width)
    {
        var taken = new System.Text.StringBuilder();
        foreach (var element in elements)
        {
            if ((width -= element.GetCellWidth()) < 0)
            {
                break;
            }

            taken.Append(element);
        }

        return taken.ToString();
    }

    // Text elements: what a reader sees as one character is never cut.
    private static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }
}
