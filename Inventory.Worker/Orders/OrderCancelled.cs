using EventDriven.Messaging.Validation;

namespace Inventory.Worker.Orders;

/// <summary>What Inventory reads of OrderCancelled.</summary>
internal sealed record OrderCancelled([NotDefault] Guid OrderId);
