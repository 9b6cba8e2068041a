using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;
using Inventory.Worker.Reservations;

namespace Inventory.Worker.Orders;

/// <summary>What Inventory reads of OrderPlaced.</summary>
[Event("eventdriven.orders.order-placed.v1")]
internal sealed record OrderPlaced([NotDefault] Guid OrderId, [Length(1, StockLines.MaxLines)] IReadOnlyList<OrderPlacedLine> Lines);
