namespace Checkout.Api.Orders.Paying;

/// <summary>Why money goes back: codes in events and answers.</summary>
internal static class RefundReasons
{
    /// <summary>The order was cancelled.</summary>
    public const string OrderCancelled = "order-cancelled";

    /// <summary>The order was rejected.</summary>
    public const string OrderRejected = "order-rejected";

    /// <summary>The payment exceeds the amount still to be paid.</summary>
    public const string ExceedsTotal = "exceeds-total";
}
