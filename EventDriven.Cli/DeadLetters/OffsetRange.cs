using System.Globalization;

namespace EventDriven.Cli.DeadLetters;

/// <summary>Offsets of a partition, both ends included; an end that is null has none.</summary>
internal sealed record OffsetRange(long? From, long? To)
{
    public const string Forms = "120..180, 120.., ..180 or 120";

    /// <summary>Null when it is no range.</summary>
    public static OffsetRange? Parse(string text)
    {
        var ends = text.Split("..");
        return ends switch
        {
            [var only] when Offset(only) is { } offset => new OffsetRange(offset, offset),
            ["", var to] when Offset(to) is { } last => new OffsetRange(null, last),
            [var from, ""] when Offset(from) is { } first => new OffsetRange(first, null),
            [var from, var to] when Offset(from) is { } first && Offset(to) is { } last && first <= last => new OffsetRange(first, last),
            _ => null,
        };
    }

    private static long? Offset(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : null;
}
