namespace Checkout.Api.Orders;

/// <summary>Why an order was rejected.</summary>
/// <param name="Reason">A code, such as <c>out-of-stock</c>.</param>
/// <param name="Skus">The missing SKUs.</param>
internal sealed record RejectionAnswer(string Reason, IReadOnlyList<string> Skus);
