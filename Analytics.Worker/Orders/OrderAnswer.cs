namespace Analytics.Worker.Orders;

/// <summary>The figures of an order, from all topics.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="State">Name of the <see cref="OrderState"/>.</param>
/// <param name="PlacedAt">UTC; null when only later facts were read.</param>
/// <param name="ConfirmedAt">UTC.</param>
/// <param name="ReservedAt">UTC.</param>
/// <param name="PaidAt">Of the first payment, UTC.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Total">In <paramref name="Currency"/>.</param>
/// <param name="Paid">Sum of its payments, in their currency.</param>
/// <param name="Refunded">Sum of the refunds.</param>
internal sealed record OrderAnswer(
    Guid OrderId,
    string State,
    DateTimeOffset? PlacedAt,
    DateTimeOffset? ConfirmedAt,
    DateTimeOffset? ReservedAt,
    DateTimeOffset? PaidAt,
    string? Currency,
    decimal? Total,
    decimal Paid,
    decimal Refunded)
{
    /// <summary>Links to related resources.</summary>
    public OrderLinks? Links { get; init; }
}
