namespace EventDriven.ControlRoom.Figures.Business;

/// <summary>Revenue of one minute in one currency.</summary>
/// <param name="Minute">Its start, UTC.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Amount">Captured minus refunded; negative in a minute with more refunds.</param>
public sealed record MinuteRevenue(DateTimeOffset Minute, string Currency, decimal Amount);
