namespace Checkout.Api.Orders;

/// <summary>What was paid for an order, in its currency. Money that it refused is not in it.</summary>
/// <param name="Paid">What it took.</param>
/// <param name="Outstanding">What is still to be paid; 0 for an order that takes no money any more.</param>
/// <param name="RefundDue">Of what was paid: what goes back and has not arrived at the provider yet.</param>
/// <param name="Refunded">Of what was paid: what the provider has given back.</param>
internal sealed record PaymentAnswer(decimal Paid, decimal Outstanding, decimal RefundDue, decimal Refunded)
{
    // In cents, also when it is nothing: an answer looks the same before and after it was stored.
    private const decimal Cents = 0.00m;

    public static PaymentAnswer Of(Order order, decimal refundDue, decimal refunded) =>
        new(order.Paid + Cents, order.Outstanding + Cents, refundDue + Cents, refunded + Cents);
}
