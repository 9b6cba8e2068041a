namespace Checkout.Api.Orders.Paying;

/// <summary>The state of a refund.</summary>
internal enum RefundState
{
    /// <summary>The provider has not been asked or has not answered yet.</summary>
    Pending,

    /// <summary>The provider refused. The refund is retried rarely; a person must act.</summary>
    Failed,

    /// <summary>The provider confirmed it.</summary>
    Refunded,
}
