namespace Inventory.Worker.Reservations;

/// <summary>The state of an order's stock.</summary>
internal enum ReservationState
{
    /// <summary>Being decided; never committed.</summary>
    Open,

    /// <summary>Set aside by HTTP, until it expires or its order is placed. No event was published.</summary>
    Held,

    /// <summary>Set aside for a placed order.</summary>
    Reserved,

    /// <summary>Stock was short; nothing is set aside.</summary>
    Rejected,

    /// <summary>Set aside before and available again: the order was cancelled, or the hold expired.</summary>
    Released,

    /// <summary>The order was cancelled before anything was set aside; nothing will be.</summary>
    Cancelled,
}
