namespace Analytics.Worker.Orders;

/// <summary>
/// Links of an order. Those to the order itself lead to Checkout, at the address in <c>services:checkout:http:0</c>: a consumer may know
/// its producer, but not the other way round (law L2).
/// </summary>
/// <param name="Figures">The order's figures, from all topics.</param>
/// <param name="Journey">What each group did with its facts.</param>
/// <param name="Order">The order itself; null if Checkout's address isn't known.</param>
/// <param name="Events">The stream of the order's changes of state; null if Checkout's address isn't known.</param>
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
