using System.Globalization;
using Spectre.Console;

namespace EventDriven.Cli.Tables;

/// <summary>Shortens text to a width, in terminal cells; what is left out is an ellipsis.</summary>
internal static class Cut
{
    private const string Ellipsis = "…";

    /// <summary>Characters of an id that tell it from another.</summary>
    private const int IdCharacters = 8;

    /// <summary>Width of a short id.</summary>
    public const int IdWidth = IdCharacters + 1;

    /// <summary>Keeps the beginning.</summary>
    public static string End(string text, int width) => text.GetCellWidth() <= width ? text : Take(Elements(text), width - 1) + (width > 0 ? Ellipsis : "");

    /// <summary>Keeps the end.</summary>
    public static string Start(string text, int width) => text.GetCellWidth() <= width
        ? text
        : (width > 0 ? Ellipsis : "") + string.Concat(Elements(Take(Elements(text).Reverse(), width - 1)).Reverse());

    /// <summary>
    /// An id's last 8 characters, not its first: those of a UUIDv7 are its time, which all orders of the same minute have in common. Ids that are hardly
    /// longer stay.
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

    // What a reader takes for one character is never cut in two.
    private static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }
}
