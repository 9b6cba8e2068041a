using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>A range of offsets.</summary>
/// <param name="From">The first offset; null for no lower limit.</param>
/// <param name="To">The last offset; null for no upper limit.</param>
public sealed record OffsetRange(long? From, long? To)
{
    /// <summary>The forms that <see cref="TryParse"/> accepts, for an error message.</summary>
    public const string Forms = "120..180, 120.., ..180 or 120";

    /// <summary>Reads a range; see <see cref="Forms"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out OffsetRange? range)
    {
        range = text?.Split("..") switch
        {
            [var only] when Offset(only) is { } offset => new OffsetRange(offset, offset),
            ["", var to] when Offset(to) is { } last => new OffsetRange(null, last),
            [var from, ""] when Offset(from) is { } first => new OffsetRange(first, null),
            [var from, var to] when Offset(from) is { } first && Offset(to) is { } last && first <= last => new OffsetRange(first, last),
            _ => null,
        };
        return range is not null;
    }

    private static long? Offset(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : null;
}
