namespace Analytics.Worker.Revenue;

/// <summary>Revenue of one minute in one currency.</summary>
/// <param name="Minute">Its start, UTC.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Net: what was captured less what was refunded, in <paramref name="Currency"/>; less than 0 in a minute of refunds.</param>
/// <param name="Captured">What orders were paid in that minute.</param>
/// <param name="Refunded">What went back in that minute, whenever it had been paid. Payments that orders refused are in neither.</param>
/// <param name="Payments">Number of payments.</param>
/// <param name="Refunds">Number of refunds.</param>
internal sealed record RevenueMinute(
    DateTimeOffset Minute, string Currency, decimal Amount, decimal Captured, decimal Refunded, long Payments, long Refunds);
