using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Recommendations.Worker.Baskets;

/// <summary>What Recommendations reads of OrderPlaced.</summary>
[Event("eventdriven.orders.order-placed.v1")]
internal sealed record OrderPlaced([NotDefault] Guid OrderId, [Length(1, 100)] IReadOnlyList<OrderPlacedLine> Lines);
