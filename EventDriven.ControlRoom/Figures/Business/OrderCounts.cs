namespace EventDriven.ControlRoom.Figures.Business;

/// <summary>How many orders are in each state now.</summary>
/// <param name="Placed">Neither confirmed nor at an end.</param>
/// <param name="Confirmed">Confirmed.</param>
/// <param name="Rejected">Rejected.</param>
/// <param name="Cancelled">Cancelled.</param>
public sealed record OrderCounts(long Placed, long Confirmed, long Rejected, long Cancelled)
{
    /// <summary>All orders.</summary>
    public long All => Placed + Confirmed + Rejected + Cancelled;
}
