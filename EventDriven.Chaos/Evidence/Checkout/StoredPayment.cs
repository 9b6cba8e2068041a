namespace EventDriven.Chaos.Evidence.Checkout;

/// <summary>Captured money.</summary>
/// <param name="Reference">The provider's id of it.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Amount">In the order's currency.</param>
/// <param name="Refusal">Why the order refused it; null if it took it.</param>
/// <param name="RefundState">State of its refund; null when none is owed.</param>
internal sealed record StoredPayment(string Reference, Guid OrderId, decimal Amount, string? Refusal, string? RefundState)
{
    /// <summary>For a history.</summary>
    public override string ToString() =>
        $"payment {Reference} of {OrderId}: {Amount}, {Refusal ?? "taken"}, refund {RefundState ?? "not due"}";
}
