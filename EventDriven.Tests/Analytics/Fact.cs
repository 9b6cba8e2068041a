namespace EventDriven.Tests.Analytics;

/// <summary>What may be heard about one order.</summary>
public enum Fact
{
    Placed,
    Confirmed,
    Cancelled,
    Reserved,
    Paid,
    PaidAgain,
    Refunded,

    /// <summary>Of a payment that the order had refused: it was never paid.</summary>
    RefusedRefunded,
}
