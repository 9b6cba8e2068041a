namespace Analytics.Worker.Orders;

/// <summary>
/// Where to go on from an order here. The links to the order itself lead to Checkout, where <c>services:checkout:http:0</c> says that it is: who listens
/// may know who announces, and not the other way round (law L2).
/// </summary>
/// <param name="Figures">The order's way, from all topics.</param>
/// <param name="Journey">Which groups have done what with its facts.</param>
/// <param name="Order">The order itself; null where Checkout's address isn't known.</param>
/// <param name="Events">The order's changes of state, as they happen; null likewise.</param>
internal sealed record OrderLinks(string Figures, string Journey, string? Order, string? Events)
{
    public static OrderLinks Of(Guid orderId, IConfiguration configuration)
    {
        var checkout = (configuration["services:checkout:http:0"] ?? configuration["services:checkout:https:0"])?.TrimEnd('/');
        var figures = $"/analytics/orders/{orderId}";
        var order = checkout is null ? null : $"{checkout}/orders/{orderId}";
        return new OrderLinks(figures, $"{figures}/journey", order, order is null ? null : $"{order}/events");
    }
}
