using System.Globalization;

namespace EventDriven.ControlRoom.Layout;

/// <summary>Numbers as people read them.</summary>
internal static class Say
{
    public const string Unknown = "–";

    private const double Minute = 60;
    private const double Hour = 3_600;
    private const double Day = 86_400;

    /// <summary>A number of something, with separators.</summary>
    public static string Count(long? count) => count?.ToString("N0", CultureInfo.InvariantCulture) ?? Unknown;

    /// <summary>A number of something with its noun.</summary>
    public static string Counted(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A rate, in events/s.</summary>
    public static string Rate(double? perSecond) => perSecond switch
    {
        null => Unknown,
        < 0.05 => "0",
        < 10 => perSecond.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => perSecond.Value.ToString("N0", CultureInfo.InvariantCulture),
    };

    /// <summary>A duration in the two largest units that matter.</summary>
    public static string Duration(double? seconds) => seconds switch
    {
        null => Unknown,
        < 0.05 => "0 s",
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 2 * Minute => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 2 * Hour => string.Create(CultureInfo.InvariantCulture, $"{seconds / Minute:0} min"),
        < 2 * Day => string.Create(CultureInfo.InvariantCulture, $"{seconds / Hour:0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / Day:0} days"),
    };

    /// <summary>A time of today or before, UTC.</summary>
    public static string Time(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? Unknown;
}
