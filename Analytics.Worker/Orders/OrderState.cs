namespace Analytics.Worker.Orders;

/// <summary>
/// How far an order has come. The numbers are stored and are ranks: of two facts about an order the higher one holds, in whatever order
/// they are read.
/// </summary>
internal enum OrderState
{
    Placed = 1,
    Confirmed = 2,
    Rejected = 3,
    Cancelled = 4,
}
