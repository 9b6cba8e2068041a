namespace EventDriven.Tests.Checkout.Payments;

/// <summary>What the payment provider may tell of an order.</summary>
public enum Notice
{
    /// <summary>The whole total, and nothing was paid before.</summary>
    Whole,

    /// <summary>Less than the total, and nothing was paid before.</summary>
    Part,

    /// <summary>What was left after a part.</summary>
    Rest,

    /// <summary>A cent more than was left after a part.</summary>
    Beyond,

    /// <summary>A payment that the order took, once more.</summary>
    Repeated,

    /// <summary>A payment that the order refused, once more.</summary>
    RepeatedRefused,

    /// <summary>A payment that the order took, with another amount.</summary>
    OtherAmount,

    /// <summary>A payment of another order.</summary>
    OtherOrder,

    /// <summary>In another currency than the order's.</summary>
    OtherCurrency,
}
