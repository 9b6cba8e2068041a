namespace Inventory.Worker.Orders;

/// <summary>What Inventory reads of OrderPlaced.</summary>
internal sealed record OrderPlaced(Guid OrderId, IReadOnlyList<OrderPlacedLine> Lines);
