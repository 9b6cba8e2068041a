namespace Checkout.Api.Orders;

/// <summary>Payments of an order, in its currency. Refused payments don't count.</summary>
/// <param name="Paid">Sum of the accepted payments.</param>
/// <param name="Outstanding">Amount still to be paid; 0 if the order accepts no payments any more.</param>
/// <param name="RefundDue">Part of <paramref name="Paid"/> whose refund the provider has not confirmed yet.</param>
/// <param name="Refunded">Part of <paramref name="Paid"/> that the provider has refunded.</param>
internal sealed record PaymentAnswer(decimal Paid, decimal Outstanding, decimal RefundDue, decimal Refunded)
{
    // Always with two decimals, so that an answer looks the same before and after it was stored.
    private const decimal Cents = 0.00m;

    public static PaymentAnswer Of(Order order, decimal refundDue, decimal refunded) =>
        new(order.Paid + Cents, order.Outstanding + Cents, refundDue + Cents, refunded + Cents);
}
