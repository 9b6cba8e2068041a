namespace EventDriven.ControlRoom.Figures.Business;

/// <summary>Time from placed to confirmed, of all orders.</summary>
/// <param name="Count">Number of confirmed orders.</param>
/// <param name="P50Ms">Median, in milliseconds; null if there are none.</param>
/// <param name="P99Ms">99th percentile, in milliseconds; null if there are none.</param>
public sealed record ConfirmTimes(long Count, double? P50Ms, double? P99Ms);
