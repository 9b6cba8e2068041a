namespace EventDriven.Benchmarks.Checkout;

/// <summary>The body of the twin's <c>POST /orders</c>.</summary>
internal sealed record TwinOrder(Guid CustomerId, string Email, string Currency, TwinOrderLine[] Lines);
