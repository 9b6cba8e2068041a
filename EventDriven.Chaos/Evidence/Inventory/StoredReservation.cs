using EventDriven.Chaos.Histories;

namespace EventDriven.Chaos.Evidence.Inventory;

/// <summary>The stock of one order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="State">Its state: <c>Held</c>, <c>Reserved</c>, <c>Rejected</c>, <c>Released</c> or <c>Cancelled</c>.</param>
/// <param name="Placed">Whether the order is known to be placed, and its result announced.</param>
/// <param name="ChangedAt">When it reached the state, UTC.</param>
/// <param name="Lines">What was asked for, one entry a SKU, sorted.</param>
internal sealed record StoredReservation(
    Guid OrderId, string State, bool Placed, DateTimeOffset ChangedAt, IReadOnlyList<OperationLine> Lines)
{
    /// <summary>Whether its lines are set aside.</summary>
    public bool IsSetAside => State is "Held" or "Reserved";

    /// <summary>For a history.</summary>
    public override string ToString() =>
        $"reservation of {OrderId}: {State}, {string.Join(", ", Lines.Select(line => $"{line.Quantity} x {line.Sku}"))}, {ChangedAt:O}";
}
