namespace Notifications.Worker.Orders;

/// <summary>What Notifications reads of a line of OrderPlaced.</summary>
internal sealed record OrderPlacedLine(string Sku, int Quantity);
