using EventDriven.Contracts.Inventory;

namespace Inventory.Worker.Reservations;

/// <summary>The stock of one order. Its row is the lock that serializes HTTP calls and events of the order.</summary>
internal sealed class Reservation
{
    /// <summary>The order.</summary>
    public required Guid OrderId { get; init; }

    /// <summary>The state.</summary>
    public ReservationState State { get; private set; }

    /// <summary>Whether the order is known to be placed. Then the result has been published, and is not published again.</summary>
    public bool Placed { get; private set; }

    /// <summary>When a hold expires, UTC; null unless <see cref="ReservationState.Held"/>.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>When the state last changed, UTC.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>The missing SKUs; empty unless <see cref="ReservationState.Rejected"/>.</summary>
    public string[] ShortSkus { get; private set; } = [];

    /// <summary>The requested lines, one entry a SKU; empty if only the order's cancellation is known.</summary>
    public IReadOnlyList<StockLine> Lines => [.. Skus.Zip(Quantities, (sku, quantity) => new StockLine(sku, quantity))];

    /// <summary>Whether there is no valid answer: none was given, or it was a hold that expired.</summary>
    public bool IsUndecided => State is ReservationState.Open || (State is ReservationState.Released && !Placed);

    // Two arrays instead of a table of lines: they are written once, and unnest reads them directly.
    private string[] Skus { get; set; } = [];

    private int[] Quantities { get; set; } = [];

    public void Hold(IReadOnlyList<StockLine> lines, DateTimeOffset until, DateTimeOffset now)
    {
        Change(ReservationState.Held, lines, now);
        ExpiresAt = until;
    }

    public void Reserve(IReadOnlyList<StockLine> lines, DateTimeOffset now)
    {
        Change(ReservationState.Reserved, lines, now);
        Placed = true;
    }

    public void Reject(IReadOnlyList<StockLine> lines, IEnumerable<StockShortage> shortages, bool placed, DateTimeOffset now)
    {
        Change(ReservationState.Rejected, lines, now);
        ShortSkus = [.. shortages.Select(s => s.Sku)];
        Placed = placed;
    }

    public void Release(DateTimeOffset now) => Change(ReservationState.Released, Lines, now);

    public void Cancel(DateTimeOffset now) => Change(ReservationState.Cancelled, Lines, now);

    private void Change(ReservationState state, IReadOnlyList<StockLine> lines, DateTimeOffset now)
    {
        State = state;
        Skus = [.. lines.Select(l => l.Sku)];
        Quantities = [.. lines.Select(l => l.Quantity)];
        ShortSkus = [];
        ExpiresAt = null;
        ChangedAt = now;
    }
}
