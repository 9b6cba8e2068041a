namespace Checkout.Api.Stock;

/// <summary>Inventory's answer.</summary>
/// <param name="State">What it said.</param>
/// <param name="Skus">What there is too little of; empty unless refused.</param>
internal sealed record Reservation(ReservationState State, IReadOnlyList<string> Skus);
