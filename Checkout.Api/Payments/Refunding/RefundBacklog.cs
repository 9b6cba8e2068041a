namespace Checkout.Api.Payments.Refunding;

/// <summary>The refunds that the provider has not confirmed.</summary>
/// <param name="Pending">Number of refunds without an answer.</param>
/// <param name="Failed">Number of refunds that the provider refused.</param>
/// <param name="OldestRequestedAt">When the oldest of them became due, UTC; null if there is none.</param>
internal sealed record RefundBacklog(long Pending, long Failed, DateTimeOffset? OldestRequestedAt)
{
    public static readonly RefundBacklog None = new(0, 0, null);

    /// <summary>Age of the oldest; 0 if there is none.</summary>
    public TimeSpan AgeAt(DateTimeOffset now) => OldestRequestedAt is { } oldest && now > oldest ? now - oldest : TimeSpan.Zero;
}
