using System.Globalization;
using EventDriven.ControlRoom.Layout;

namespace EventDriven.ControlRoom.Figures.Charts;

/// <summary>Numbers of charts with their units.</summary>
internal static class ChartText
{
    private const double Second = 1;

    // Below, a part of a millisecond matters.
    private const double Precise = 0.01;
    private const double Thousand = 1_000;

    /// <summary>A value with its unit.</summary>
    public static string Of(double? value, ChartUnit unit) => value is not { } known ? Say.Unknown : unit switch
    {
        ChartUnit.PerSecond => $"{Say.Rate(known)}/s",
        ChartUnit.Events => Say.Count((long)Math.Round(known)),
        ChartUnit.Money => known.ToString("N2", CultureInfo.InvariantCulture),
        _ when known is > 0 and < Precise => string.Create(CultureInfo.InvariantCulture, $"{known * Thousand:0.0} ms"),
        _ when known is > 0 and < Second => string.Create(CultureInfo.InvariantCulture, $"{known * Thousand:0} ms"),
        _ => Say.Duration(known),
    };

    /// <summary>A number of the axis, short.</summary>
    public static string OfAxis(double value, ChartUnit unit) => unit switch
    {
        ChartUnit.Seconds when value == 0 => "0",
        ChartUnit.Seconds when value < Second => string.Create(CultureInfo.InvariantCulture, $"{value * Thousand:0.###} ms"),
        ChartUnit.Seconds => Say.Duration(value),
        _ when value >= Thousand * Thousand => string.Create(CultureInfo.InvariantCulture, $"{value / Thousand / Thousand:0.##}M"),
        _ when value >= 10 * Thousand => string.Create(CultureInfo.InvariantCulture, $"{value / Thousand:0.##}k"),
        _ => value.ToString("#,0.##", CultureInfo.InvariantCulture),
    };
}
