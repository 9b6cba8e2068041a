namespace Checkout.Api.Orders.Placing;

/// <summary>What came of an order's transaction.</summary>
internal enum PlacingOutcome
{
    /// <summary>The order is stored.</summary>
    Placed,

    /// <summary>Nothing is stored: the idempotency key was used before, or a long transaction is using it.</summary>
    KeyUsed,

    /// <summary>Nothing is stored: the customer was forgotten.</summary>
    CustomerForgotten,
}
