namespace Analytics.Worker.Reservations;

/// <summary>What Analytics reads of StockReserved.</summary>
internal sealed record StockReserved(Guid OrderId, DateTimeOffset ReservedAt);
