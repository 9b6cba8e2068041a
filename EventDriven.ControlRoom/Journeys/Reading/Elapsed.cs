using System.Globalization;

namespace EventDriven.ControlRoom.Journeys.Reading;

/// <summary>Short times as people read them.</summary>
internal static class Elapsed
{
    private const double Second = 1_000;

    /// <summary>A time, in milliseconds.</summary>
    public static string Say(double milliseconds) => milliseconds switch
    {
        < 10 and > -10 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.#} ms"),
        < Second and > -Second => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
        _ => Layout.Say.Duration(milliseconds / Second),
    };

    /// <summary>A time since the beginning.</summary>
    public static string Since(TimeSpan since) => since == TimeSpan.Zero ? "0" : $"+{Say(since.TotalMilliseconds)}";
}
