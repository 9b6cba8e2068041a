namespace EventDriven.Chaos.Evidence.Checkout;

/// <summary>The first answer to an idempotency key, and what it has made.</summary>
internal sealed record StoredAnswer(string Key, Guid ResourceId, int Status);
