namespace Analytics.Worker.Revenue;

/// <summary>
/// A refund. A payment that its order had refused was never revenue: it has no <see cref="Payment"/>, and its refund reduces no revenue.
/// </summary>
internal sealed class Refund
{
    public required Guid OrderId { get; init; }

    /// <summary>The payment provider's id of the payment.</summary>
    public required string ProviderReference { get; init; }

    /// <summary>In <see cref="Currency"/>.</summary>
    public required decimal Amount { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset RefundedAt { get; init; }
}
