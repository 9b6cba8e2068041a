namespace Checkout.Api.Orders;

/// <summary>
/// A fact names an order that doesn't exist. An order is committed before its events are published, so its row was lost. The event fails
/// and is retried instead of being skipped.
/// </summary>
internal sealed class UnknownOrderException(Guid orderId) : Exception(
    $"There is no order {orderId}: was the database restored from an older copy?");
