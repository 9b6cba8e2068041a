namespace Checkout.Api.Orders;

/// <summary>Timestamps as they are stored.</summary>
internal static class Timestamps
{
    /// <summary>
    /// Now, UTC, in whole microseconds. PostgreSQL stores no more, and an answer must show the same time before and after it was stored.
    /// </summary>
    public static DateTimeOffset GetUtcTimestamp(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
