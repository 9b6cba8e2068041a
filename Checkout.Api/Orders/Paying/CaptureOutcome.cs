using EventDriven.Contracts.Payments;

namespace Checkout.Api.Orders.Paying;

/// <summary>What an order does with captured money.</summary>
internal abstract record CaptureOutcome
{
    private CaptureOutcome()
    {
    }

    /// <summary>The order accepts the payment.</summary>
    /// <param name="Fact">To be announced.</param>
    internal sealed record Taken(PaymentCaptured Fact) : CaptureOutcome;

    /// <summary>The order refuses the payment, which is owed back.</summary>
    /// <param name="Fact">To be announced.</param>
    internal sealed record Refused(PaymentRefused Fact) : CaptureOutcome;

    /// <summary>The payment is known; nothing changes.</summary>
    /// <param name="Payment">The known payment.</param>
    internal sealed record Repeated(Payment Payment) : CaptureOutcome;

    /// <summary>The payment is known with another amount. The provider contradicts itself; nothing changes.</summary>
    internal sealed record Contradicted : CaptureOutcome;
}
