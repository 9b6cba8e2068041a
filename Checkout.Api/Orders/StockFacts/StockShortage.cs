using EventDriven.Messaging.Validation;

namespace Checkout.Api.Orders.StockFacts;

/// <summary>A SKU of which too little was there.</summary>
/// <param name="Sku">Which.</param>
internal sealed record StockShortage([PlainText(64)] string Sku);
