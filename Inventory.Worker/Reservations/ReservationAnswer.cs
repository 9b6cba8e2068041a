using EventDriven.Contracts.Inventory;

namespace Inventory.Worker.Reservations;

/// <summary>A reservation as it is shown.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="State">Name of the <see cref="ReservationState"/>.</param>
/// <param name="Lines">What was asked for, one entry a SKU.</param>
/// <param name="ChangedAt">When it came into this state, UTC.</param>
/// <param name="ExpiresAt">When a hold lapses, UTC.</param>
internal sealed record ReservationAnswer(
    Guid OrderId, string State, IReadOnlyList<StockLine> Lines, DateTimeOffset ChangedAt, DateTimeOffset? ExpiresAt)
{
    public static ReservationAnswer From(Reservation reservation) =>
        new(reservation.OrderId, reservation.State.ToString(), reservation.Lines, reservation.ChangedAt, reservation.ExpiresAt);
}
