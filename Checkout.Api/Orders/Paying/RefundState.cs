namespace Checkout.Api.Orders.Paying;

/// <summary>How far a refund is.</summary>
internal enum RefundState
{
    /// <summary>The provider is still to be asked, or has given no answer yet.</summary>
    Pending,

    /// <summary>The provider refused. It is asked again, but rarely: a person has to look.</summary>
    Failed,

    /// <summary>The provider confirmed it.</summary>
    Refunded,
}
