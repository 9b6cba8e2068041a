using System.Globalization;

namespace EventDriven.ControlRoom.TryIt;

/// <summary>Orders to be placed. All of it is bounded, so that it ends by itself.</summary>
/// <param name="Count">How many.</param>
/// <param name="PerSecond">How many a second; null for as fast as they are answered.</param>
public sealed record OrderPlan(int Count, int? PerSecond)
{
    /// <summary>Most orders a second.</summary>
    public const int MaxPerSecond = 20;

    /// <summary>Longest time, in minutes.</summary>
    public const int MaxMinutes = 10;

    private const int Many = 100;
    private const int Minute = 60;

    /// <summary>One order.</summary>
    public static OrderPlan One { get; } = new(1, PerSecond: null);

    /// <summary>Reads what a form asks for; null if it is out of bounds.</summary>
    /// <param name="what"><c>one</c>, <c>many</c> or <c>steady</c>.</param>
    /// <param name="perSecond">Orders a second, when steady.</param>
    /// <param name="minutes">For how long, when steady.</param>
    public static OrderPlan? Of(string? what, string? perSecond, string? minutes) => what switch
    {
        "one" => One,
        "many" => new OrderPlan(Many, PerSecond: null),
        "steady" when Number(perSecond, MaxPerSecond) is { } rate && Number(minutes, MaxMinutes) is { } time =>
            new OrderPlan(rate * Minute * time, rate),
        _ => null,
    };

    private static int? Number(string? text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : null;
}
