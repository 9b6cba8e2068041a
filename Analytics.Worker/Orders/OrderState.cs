namespace Analytics.Worker.Orders;

/// <summary>
/// The state of an order. The numbers are stored and serve as ranks: of two facts about an order, the higher state wins, in whatever order
/// they are read.
/// </summary>
internal enum OrderState
{
    Placed = 1,
    Confirmed = 2,
    Rejected = 3,
    Cancelled = 4,
}
