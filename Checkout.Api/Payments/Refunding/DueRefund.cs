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
    /// <summary>Names the command for ever, whoever sends it and however often: a payment goes back once (Idempotency-Key draft).</summary>
    public string IdempotencyKey => $"refund-{ProviderReference}";
}
