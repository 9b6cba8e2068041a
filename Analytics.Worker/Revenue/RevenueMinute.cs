namespace Analytics.Worker.Revenue;

/// <summary>Revenue of one minute in one currency.</summary>
/// <param name="Minute">Its start, UTC.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">
/// Net revenue: captured minus refunded, in <paramref name="Currency"/>; negative in a minute with more refunds.
/// </param>
/// <param name="Captured">Payments captured in that minute.</param>
/// <param name="Refunded">
/// Refunds in that minute, whenever the payments were captured. Payments that orders refused count in neither.
/// </param>
/// <param name="Payments">Number of payments.</param>
/// <param name="Refunds">Number of refunds.</param>
internal sealed record RevenueMinute(
    DateTimeOffset Minute, string Currency, decimal Amount, decimal Captured, decimal Refunded, long Payments, long Refunds);
