namespace Checkout.Api.Stock;

/// <summary>Asks Inventory to hold stock for an order.</summary>
/// <param name="OrderId">The order. Repeating the request for an order changes nothing.</param>
/// <param name="Lines">The lines, one entry a SKU.</param>
internal sealed record HoldRequest(Guid OrderId, IReadOnlyList<HoldLine> Lines);
