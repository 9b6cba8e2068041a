namespace Checkout.Api.Orders;

/// <summary>Where to go on from an order.</summary>
/// <param name="Self">The order as it is now.</param>
/// <param name="Events">Its changes of state, as they happen.</param>
internal readonly record struct OrderLinks(OrderLink Self, OrderLink Events)
{
    public static OrderLinks Of(Guid orderId) => new(new(orderId, ""), new(orderId, "/events"));
}
