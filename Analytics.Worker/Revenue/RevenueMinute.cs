namespace Analytics.Worker.Revenue;

/// <summary>Revenue of one minute in one currency.</summary>
/// <param name="Minute">Its start, UTC.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Captured, in <paramref name="Currency"/>.</param>
/// <param name="Payments">Number of payments.</param>
internal sealed record RevenueMinute(DateTimeOffset Minute, string Currency, decimal Amount, long Payments);
