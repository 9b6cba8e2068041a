namespace Checkout.Api.Payments.Refunding;

/// <summary>A refund that this sender has taken, with its payment.</summary>
internal sealed record DueRefund(
    string ProviderReference,
    Guid OrderId,
    decimal Amount,
    string Currency,
    string Reason,
    int Attempts,
    string CorrelationId,
    string CausationId,
    string? TraceParent)
{
    /// <summary>
    /// The idempotency key of the command, the same for every sender and attempt, so that a payment is refunded once (Idempotency-Key
    /// draft).
    /// </summary>
    public string IdempotencyKey => $"refund-{ProviderReference}";
}
