namespace Checkout.Api.Payments.Refunding;

/// <summary>The refunds that the provider has not confirmed.</summary>
/// <param name="Pending">Those that wait for an answer.</param>
/// <param name="Failed">Those that the provider refused.</param>
/// <param name="OldestRequestedAt">Since when the oldest of both is owed, UTC; null when there is none.</param>
internal sealed record RefundBacklog(long Pending, long Failed, DateTimeOffset? OldestRequestedAt)
{
    public static readonly RefundBacklog None = new(0, 0, null);

    /// <summary>For how long the oldest has been owed; 0 when there is none.</summary>
    public TimeSpan AgeAt(DateTimeOffset now) => OldestRequestedAt is { } oldest && now > oldest ? now - oldest : TimeSpan.Zero;
}
