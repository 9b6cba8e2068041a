namespace EventDriven.Chaos.Evidence.Inventory;

/// <summary>The stock of one SKU: what can still be reserved, and what is set aside.</summary>
internal sealed record StoredStock(string Sku, int Available, int Reserved)
{
    /// <summary>For a history.</summary>
    public override string ToString() => $"{Sku}: {Available} available, {Reserved} reserved";
}
