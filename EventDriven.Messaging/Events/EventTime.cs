using System.Buffers.Text;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EventDriven.Messaging.Events;

/// <summary>Reads CloudEvents <c>time</c>. It accepts RFC 3339 only; .NET's own parsers accept more.</summary>
internal static partial class EventTime
{
    private const int Ticks = 7;

    /// <summary>The time, UTC; null when it isn't one.</summary>
    public static DateTimeOffset? Parse(ReadOnlySpan<byte> utf8, Func<string> text)
    {
        // Fast path: the form that this library writes is parsed from the bytes.
        return Utf8Parser.TryParse(utf8, out DateTime own, out var read, 'O') && read == utf8.Length && own.Kind == DateTimeKind.Utc
            ? new DateTimeOffset(own)
            : Parse(text());
    }

    /// <summary>The time, UTC; null when it isn't one.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        var match = Rfc3339().Match(text);
        if (!match.Success)
        {
            return null;
        }

        // .NET has no leap seconds, so a leap second becomes the start of the next second.
        var isLeap = match.Groups["second"].ValueSpan is "60";
        var local =
            $"{match.Groups["date"].ValueSpan}T{match.Groups["minute"].ValueSpan}:{(isLeap ? "59" : match.Groups["second"].ValueSpan)}";
        if (!DateTime.TryParseExact(local, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return null;
        }

        // Digits finer than a tick (100 ns) are dropped.
        var fraction = match.Groups["fraction"].ValueSpan;
        var ticks = fraction.IsEmpty ? 0 : long.Parse(
            fraction[..Math.Min(fraction.Length, Ticks)].ToString().PadRight(Ticks, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
        var utc = time.Ticks + ticks + (isLeap ? TimeSpan.TicksPerSecond : 0) - Offset(match).Ticks;
        return utc >= 0 && utc <= DateTime.MaxValue.Ticks ? new DateTimeOffset(utc, TimeSpan.Zero) : null;
    }

    private static TimeSpan Offset(Match match)
    {
        if (!match.Groups["sign"].Success)
        {
            return TimeSpan.Zero;
        }

        var offset = new TimeSpan(
            int.Parse(match.Groups["hours"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["minutes"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
            0);
        return match.Groups["sign"].ValueSpan is "-" ? -offset : offset;
    }

    // https://www.rfc-editor.org/rfc/rfc3339#section-5.6; "T" and "Z" may be lower case.
    [GeneratedRegex(
        @"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<minute>[0-9]{2}:[0-9]{2}):(?<second>[0-9]{2})(\.(?<fraction>[0-9]+))?"
        + @"([Zz]|(?<sign>[+-])(?<hours>[01][0-9]|2[0-3]):(?<minutes>[0-5][0-9]))\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Rfc3339();
}
