namespace Checkout.Api.Orders;

/// <summary>
/// A fact speaks of an order that isn't there. An order is committed before anybody hears of it, so its row was lost: the event waits in
/// its lane, and says so, instead of being skipped.
/// </summary>
internal sealed class UnknownOrderException(Guid orderId) : Exception($"There is no order {orderId}: was the database restored from an older copy?");
