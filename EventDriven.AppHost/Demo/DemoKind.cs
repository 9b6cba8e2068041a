namespace EventDriven.AppHost.Demo;

/// <summary>What the demo does with an order.</summary>
internal enum DemoKind
{
    /// <summary>Places it.</summary>
    Plain,

    /// <summary>Places it with a line that there is nothing of.</summary>
    OutOfStock,

    /// <summary>Places it so that the answer already says whether stock is held.</summary>
    Immediate,

    /// <summary>Cancels it.</summary>
    Cancelled,

    /// <summary>Pays it, through the payment provider's webhook.</summary>
    Paid,

    /// <summary>Pays it, and cancels it after that: the money goes back.</summary>
    Refunded,
}
