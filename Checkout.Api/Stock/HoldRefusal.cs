namespace Checkout.Api.Stock;

/// <summary>What Checkout reads of Inventory's refusal.</summary>
/// <param name="Skus">What there is too little of.</param>
internal sealed record HoldRefusal(IReadOnlyList<string>? Skus);
