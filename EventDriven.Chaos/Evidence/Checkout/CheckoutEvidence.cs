namespace EventDriven.Chaos.Evidence.Checkout;

/// <summary>What Checkout has stored.</summary>
/// <param name="Orders">Its orders.</param>
/// <param name="Answers">The first answers to idempotency keys.</param>
/// <param name="Payments">Captured money, taken or refused.</param>
/// <param name="Customers">Customers who are signed up.</param>
/// <param name="CustomerKeys">By customer: whether the key of their personal data was destroyed.</param>
internal sealed record CheckoutEvidence(
    IReadOnlyList<StoredOrder> Orders,
    IReadOnlyList<StoredAnswer> Answers,
    IReadOnlyList<StoredPayment> Payments,
    IReadOnlyCollection<Guid> Customers,
    IReadOnlyDictionary<Guid, bool> CustomerKeys);
