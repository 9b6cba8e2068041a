namespace Inventory.Worker.Reservations;

/// <summary>What became of an order's stock.</summary>
internal enum ReservationState
{
    /// <summary>Being decided; never committed.</summary>
    Open,

    /// <summary>Set aside for a caller who asked over HTTP, until it expires or its order is placed. Nothing was announced.</summary>
    Held,

    /// <summary>Set aside for a placed order.</summary>
    Reserved,

    /// <summary>Too little was there; nothing is set aside.</summary>
    Rejected,

    /// <summary>Was set aside and is available again: the order was cancelled, or the hold expired.</summary>
    Released,

    /// <summary>The order was cancelled before anything was set aside: nothing will ever be.</summary>
    Cancelled,
}
