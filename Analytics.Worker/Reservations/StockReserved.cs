using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Reservations;

/// <summary>What Analytics reads of StockReserved.</summary>
internal sealed record StockReserved([NotDefault] Guid OrderId, [PlausibleTime] DateTimeOffset ReservedAt);
