namespace Checkout.Api.Stock;

/// <summary>Asks Inventory to hold stock for an order.</summary>
/// <param name="OrderId">The order; asking again for the same one changes nothing.</param>
/// <param name="Lines">How many of what; one entry a SKU.</param>
internal sealed record HoldRequest(Guid OrderId, IReadOnlyList<HoldLine> Lines);
