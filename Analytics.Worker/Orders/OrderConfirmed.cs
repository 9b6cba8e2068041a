namespace Analytics.Worker.Orders;

/// <summary>What Analytics reads of OrderConfirmed.</summary>
internal sealed record OrderConfirmed(Guid OrderId, DateTimeOffset ConfirmedAt);
