using Checkout.Api.Orders;
using Checkout.Api.Orders.Paying;
using EventDriven.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Payments.Capturing;

/// <summary>Answers to the provider when an order refuses captured money: 409, for a repeated notice as well.</summary>
internal static class CaptureProblems
{
    /// <summary>The order refuses the money. The answer says why, and how much is still to be paid.</summary>
    /// <param name="reason">One of <see cref="RefundReasons"/>.</param>
    /// <param name="order">The order.</param>
    public static ProblemHttpResult Refused(string reason, Order order)
    {
        var (field, message) = reason switch
        {
            RefundReasons.OrderCancelled => ("orderId", "The order was cancelled and takes no money; what was captured is refunded."),
            RefundReasons.OrderRejected => ("orderId", "The order was rejected and takes no money; what was captured is refunded."),
            _ => ("amount", $"Is more than is still to be paid, which is {order.Outstanding:0.00} {order.Currency}; what was "
                + "captured is refunded."),
        };
        return Problems.Of(
            StatusCodes.Status409Conflict,
            message,
            new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] },
            CheckoutProblemCodes.PaymentRefused,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["reason"] = reason, ["outstanding"] = order.Outstanding });
    }

    /// <summary>The reference belongs to a payment of another order.</summary>
    public static ProblemHttpResult OfAnotherOrder() => Problems.Conflict("providerReference", "Was used for another order.");

    /// <summary>The reference belongs to a payment of another amount.</summary>
    public static ProblemHttpResult OfAnotherAmount() => Problems.Conflict("providerReference", "Was used for another amount.");
}
