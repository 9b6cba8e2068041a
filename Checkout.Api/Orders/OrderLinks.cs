namespace Checkout.Api.Orders;

/// <summary>Links of an order.</summary>
/// <param name="Self">The order.</param>
/// <param name="Events">The stream of its changes of state.</param>
internal readonly record struct OrderLinks(OrderLink Self, OrderLink Events)
{
    public static OrderLinks Of(Guid orderId) => new(new(orderId, ""), new(orderId, "/events"));
}
