namespace Analytics.Worker.Orders;

/// <summary>Time from placed to confirmed.</summary>
/// <param name="Count">Number of confirmed orders.</param>
/// <param name="P50Ms">Median, in milliseconds; null if there are none.</param>
/// <param name="P99Ms">99th percentile, in milliseconds; null if there are none.</param>
internal sealed record ConfirmFigures(long Count, double? P50Ms, double? P99Ms);
