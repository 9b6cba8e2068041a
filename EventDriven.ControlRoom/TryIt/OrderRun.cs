namespace EventDriven.ControlRoom.TryIt;

/// <summary>How far the placing of orders is.</summary>
/// <param name="Plan">What was asked for.</param>
/// <param name="BegunAt">Since when, UTC.</param>
/// <param name="EndedAt">Until when, UTC; null while it goes on.</param>
/// <param name="Placed">Orders that Checkout has accepted.</param>
/// <param name="Refused">Orders that it has refused, or did not answer.</param>
/// <param name="Latest">The newest orders, newest first.</param>
/// <param name="Problem">Why one was refused last; null if none was.</param>
public sealed record OrderRun(
    OrderPlan Plan,
    DateTimeOffset BegunAt,
    DateTimeOffset? EndedAt,
    int Placed,
    int Refused,
    IReadOnlyList<PlacedOrder> Latest,
    string? Problem)
{
    private const int Kept = 20;

    /// <summary>Whether it goes on.</summary>
    public bool IsRunning => EndedAt is null;

    /// <summary>The beginning of a plan.</summary>
    public static OrderRun Begin(OrderPlan plan, DateTimeOffset now) => new(plan, now, EndedAt: null, 0, 0, [], Problem: null);

    /// <summary>The same with another order.</summary>
    public OrderRun With(PlacedOrder order) => this with { Placed = Placed + 1, Latest = [.. Latest.Prepend(order).Take(Kept)] };

    /// <summary>The same with another one that was refused.</summary>
    public OrderRun WithRefusal(string problem) => this with { Refused = Refused + 1, Problem = problem };
}
