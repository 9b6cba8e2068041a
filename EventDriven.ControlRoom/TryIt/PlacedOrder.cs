namespace EventDriven.ControlRoom.TryIt;

/// <summary>An order that was placed.</summary>
/// <param name="Id">The order.</param>
/// <param name="Total">Its sum, with the currency.</param>
/// <param name="At">When it was placed, UTC.</param>
/// <param name="Milliseconds">How long the answer took.</param>
public sealed record PlacedOrder(Guid Id, string Total, DateTimeOffset At, double Milliseconds);
