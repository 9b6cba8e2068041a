namespace Analytics.Worker.Orders;

/// <summary>Time from placed to confirmed.</summary>
/// <param name="Count">Orders that were confirmed.</param>
/// <param name="P50Ms">Median, in milliseconds; null without any.</param>
/// <param name="P99Ms">99th percentile, in milliseconds; null without any.</param>
internal sealed record ConfirmFigures(long Count, double? P50Ms, double? P99Ms);
