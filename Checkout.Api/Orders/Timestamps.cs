namespace Checkout.Api.Orders;

/// <summary>The time as it is stored.</summary>
internal static class Timestamps
{
    /// <summary>Now, UTC, in whole microseconds: PostgreSQL keeps no more, and an answer shows the same time before and after it was stored.</summary>
    public static DateTimeOffset GetUtcTimestamp(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
