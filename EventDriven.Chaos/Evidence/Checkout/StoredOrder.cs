using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Evidence.Checkout;

/// <summary>An order as Checkout has stored it.</summary>
/// <param name="Id">The order.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="State">Its state.</param>
/// <param name="Total">Sum of its lines.</param>
/// <param name="Paid">Sum of the payments that it took.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Steps">Its history, by number.</param>
internal sealed record StoredOrder(
    Guid Id,
    Guid CustomerId,
    string State,
    decimal Total,
    decimal Paid,
    IReadOnlyList<OperationLine> Lines,
    IReadOnlyList<StoredStep> Steps)
{
    /// <summary>
    /// Whether it was confirmed as it was placed, on stock that was held by HTTP: both steps have one time.
    /// </summary>
    public bool IsImmediate => Steps is [{ State: "Placed" } placed, { State: "Confirmed" } confirmed, ..] && confirmed.At == placed.At;

    /// <summary>For a history.</summary>
    public override string ToString() =>
        $"order {Id} of customer {CustomerId}: {State}, total {Total}, paid {Paid}, "
        + string.Join(", ", Lines.Select(line => $"{line.Quantity} x {line.Sku}"));
}
