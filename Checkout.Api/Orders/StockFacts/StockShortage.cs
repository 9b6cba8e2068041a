using EventDriven.Messaging.Validation;

namespace Checkout.Api.Orders.StockFacts;

/// <summary>A SKU that was short.</summary>
/// <param name="Sku">The SKU.</param>
internal sealed record StockShortage([PlainText(64)] string Sku);
