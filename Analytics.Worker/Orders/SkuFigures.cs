namespace Analytics.Worker.Orders;

/// <summary>How much of a SKU was ordered.</summary>
/// <param name="Sku">Which.</param>
/// <param name="Quantity">Pieces, over all orders.</param>
/// <param name="Orders">Orders that asked for it.</param>
internal sealed record SkuFigures(string Sku, long Quantity, long Orders);
