namespace Checkout.Api.Stock;

/// <summary>Inventory's answer.</summary>
/// <param name="State">The result.</param>
/// <param name="Skus">The SKUs that are short; empty unless refused.</param>
internal sealed record Reservation(ReservationState State, IReadOnlyList<string> Skus);
