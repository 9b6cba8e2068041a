using System.ComponentModel.DataAnnotations;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Storefront.Shipping;

/// <summary>What Shipping reads of OrderPlaced: a record of its own, so that Orders doesn't know who reads its events.</summary>
[Event("thissystem.orders.order-placed.v1")]
internal sealed record OrderPlaced([NotDefault] Guid OrderId, [PlainText(64)] string Sku, [Range(1, 1_000)] int Quantity);
