namespace Checkout.Api.Orders;

/// <summary>An order as the API returns it, without the customer's e-mail address.</summary>
/// <param name="Id">The order.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="State">The current state.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Total">Sum of the lines.</param>
/// <param name="Lines">The lines.</param>
/// <param name="History">The changes of state, oldest first.</param>
/// <param name="Payment">Payments and refunds.</param>
/// <param name="Rejection">Why the order was rejected; otherwise absent.</param>
/// <param name="PaidAt">When the first payment was captured, UTC; absent until then.</param>
internal sealed record OrderAnswer(
    Guid Id,
    Guid CustomerId,
    OrderState State,
    string Currency,
    decimal Total,
    IReadOnlyList<OrderLineAnswer> Lines,
    IReadOnlyList<OrderStepAnswer> History,
    PaymentAnswer Payment,
    RejectionAnswer? Rejection = null,
    DateTimeOffset? PaidAt = null)
{
    /// <summary>Links to related resources.</summary>
    public OrderLinks Links => OrderLinks.Of(Id);

    public static OrderAnswer Of(Order order, DateTimeOffset? paidAt = null, decimal refundDue = 0m, decimal refunded = 0m) => new(
        order.Id,
        order.CustomerId,
        order.State,
        order.Currency,
        order.Total,
        [.. order.Lines.Select(l => new OrderLineAnswer(l.Sku, l.Quantity, l.UnitPrice))],
        [.. order.History.OrderBy(s => s.Number).Select(s => new OrderStepAnswer(s.State, s.At, s.Reason))],
        PaymentAnswer.Of(order, refundDue, refunded),
        order.RejectedSkus is null ? null : new RejectionAnswer(OrderReasons.OutOfStock, order.RejectedSkus),
        paidAt);
}
