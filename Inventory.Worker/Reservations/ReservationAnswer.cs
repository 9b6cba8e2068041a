using EventDriven.Contracts.Inventory;

namespace Inventory.Worker.Reservations;

/// <summary>A reservation as the API returns it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="State">Name of the <see cref="ReservationState"/>.</param>
/// <param name="Lines">The requested lines, one entry a SKU.</param>
/// <param name="ChangedAt">When it reached this state, UTC.</param>
/// <param name="ExpiresAt">When a hold expires, UTC.</param>
internal sealed record ReservationAnswer(
    Guid OrderId, string State, IReadOnlyList<StockLine> Lines, DateTimeOffset ChangedAt, DateTimeOffset? ExpiresAt)
{
    public static ReservationAnswer From(Reservation reservation) =>
        new(reservation.OrderId, reservation.State.ToString(), reservation.Lines, reservation.ChangedAt, reservation.ExpiresAt);
}
