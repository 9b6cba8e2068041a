using EventDriven.Messaging.Validation;

namespace EventDriven.Contracts.Inventory;

/// <summary>A SKU that was short.</summary>
/// <param name="Sku">The SKU.</param>
/// <param name="Requested">The quantity that the order asked for.</param>
/// <param name="Available">The quantity that was available; 0 for a SKU that Inventory doesn't know.</param>
public sealed record StockShortage([PlainText(64)] string Sku, int Requested, int Available);
