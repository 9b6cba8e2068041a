namespace Checkout.Api.Orders.Paying;

/// <summary>Why money goes back: codes that stand in events and answers.</summary>
internal static class RefundReasons
{
    /// <summary>The order was cancelled.</summary>
    public const string OrderCancelled = "order-cancelled";

    /// <summary>The order was rejected.</summary>
    public const string OrderRejected = "order-rejected";

    /// <summary>It is more than was still to be paid.</summary>
    public const string ExceedsTotal = "exceeds-total";
}
