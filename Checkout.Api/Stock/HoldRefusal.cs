namespace Checkout.Api.Stock;

/// <summary>What Checkout reads of Inventory's refusal.</summary>
/// <param name="Skus">The SKUs that are short.</param>
internal sealed record HoldRefusal(IReadOnlyList<string>? Skus);
