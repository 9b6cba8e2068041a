namespace EventDriven.Chaos.Evidence.Inventory;

/// <summary>What Inventory has stored.</summary>
/// <param name="InitialStock">Available quantity by SKU when the history began.</param>
/// <param name="Stock">The stock as it is.</param>
/// <param name="Reservations">What became of each order's stock.</param>
internal sealed record InventoryEvidence(
    IReadOnlyDictionary<string, int> InitialStock, IReadOnlyList<StoredStock> Stock, IReadOnlyList<StoredReservation> Reservations);
