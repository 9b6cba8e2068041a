namespace Checkout.Api.Orders;

/// <summary>What the states mean for a caller that waits.</summary>
internal static class OrderStates
{
    /// <summary>Whether waiting ends with this state. A confirmed order may still be cancelled, but nobody waits for that.</summary>
    public static bool IsEnd(this OrderState state) => state != OrderState.Placed;
}
