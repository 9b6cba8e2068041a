using System.ComponentModel.DataAnnotations;
using Checkout.Api.Orders.Placing;
using EventDriven.Messaging;
using EventDriven.Messaging.Validation;

namespace Checkout.Api.Orders.StockFacts;

/// <summary>What Checkout reads of Inventory's StockRejected.</summary>
/// <param name="OrderId">The order without stock.</param>
/// <param name="Shortages">What was missing.</param>
[Event("eventdriven.inventory.stock-rejected.v1")]
internal sealed record StockRejected(
    [NotDefault] Guid OrderId, [Length(1, PlaceOrderValidation.MaxLines)] IReadOnlyList<StockShortage> Shortages);
