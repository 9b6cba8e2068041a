using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Analytics.Worker.Reservations;

/// <summary>What Analytics reads of StockReserved.</summary>
[Event("eventdriven.inventory.stock-reserved.v1")]
internal sealed record StockReserved([NotDefault] Guid OrderId, [PlausibleTime] DateTimeOffset ReservedAt);
