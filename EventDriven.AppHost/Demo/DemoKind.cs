namespace EventDriven.AppHost.Demo;

/// <summary>What the demo does with an order.</summary>
internal enum DemoKind
{
    /// <summary>Places it.</summary>
    Plain,

    /// <summary>Places it with a line that is out of stock.</summary>
    OutOfStock,

    /// <summary>Places it with an immediate reservation.</summary>
    Immediate,

    /// <summary>Cancels it.</summary>
    Cancelled,

    /// <summary>Pays it, through the payment provider's webhook.</summary>
    Paid,

    /// <summary>Pays it and then cancels it, so that the payment is refunded.</summary>
    Refunded,
}
