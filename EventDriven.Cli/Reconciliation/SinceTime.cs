using System.Globalization;

namespace EventDriven.Cli.Reconciliation;

/// <summary>A time as <c>--since</c> takes it.</summary>
internal static class SinceTime
{
    /// <summary>What it takes, for an error message.</summary>
    public const string Forms = "a time (2026-11-23T10:00:00Z) or how long ago (90s, 15m, 2h, 7d)";

    private static readonly string[] TimeFormats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>Reads it; null when it is neither, or lies ahead. A time without an offset is UTC.</summary>
    public static DateTimeOffset? Parse(string text, DateTimeOffset now)
    {
        var time = DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact)
            ? exact.ToUniversalTime()
            : now - Ago(text);
        return time <= now ? time : null;
    }

    // A thousand years are enough for the largest unit to stay within a date.
    private static TimeSpan? Ago(string text) => text.Length > 1
        && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count < 365_000
        ? text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        }
        : null;
}
