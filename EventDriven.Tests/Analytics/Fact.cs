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
}
