namespace Checkout.Api.Orders;

/// <summary>What the states mean to somebody who waits.</summary>
internal static class OrderStates
{
    /// <summary>Whether the order has its answer. A confirmed order may still be cancelled, but nobody needs to wait for that.</summary>
    public static bool IsEnd(this OrderState state) => state != OrderState.Placed;
}
