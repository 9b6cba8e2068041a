using EventDriven.Contracts.Payments;

namespace Checkout.Api.Orders.Paying;

/// <summary>What an order makes of captured money.</summary>
internal abstract record CaptureOutcome
{
    private CaptureOutcome()
    {
    }

    /// <summary>It counts for the order.</summary>
    /// <param name="Fact">To be announced.</param>
    internal sealed record Taken(PaymentCaptured Fact) : CaptureOutcome;

    /// <summary>The order doesn't take it, and it is owed back.</summary>
    /// <param name="Fact">To be announced.</param>
    internal sealed record Refused(PaymentRefused Fact) : CaptureOutcome;

    /// <summary>It was told before, and nothing is new.</summary>
    /// <param name="Payment">What was made of it then.</param>
    internal sealed record Repeated(Payment Payment) : CaptureOutcome;

    /// <summary>Another amount was told of this payment before. The provider contradicts itself, and nothing is believed.</summary>
    internal sealed record Contradicted : CaptureOutcome;
}
