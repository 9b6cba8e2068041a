namespace EventDriven.Benchmarks.Checkout;

/// <summary>What the twin answers.</summary>
internal sealed record TwinOrderAnswer(Guid Id, decimal Total);
