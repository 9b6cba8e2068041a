namespace Inventory.Worker.Reservations.Hold;

/// <summary>A line of a <see cref="HoldRequest"/>.</summary>
internal sealed record HoldRequestLine(string? Sku, int Quantity);
