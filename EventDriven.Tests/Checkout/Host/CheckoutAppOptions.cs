namespace EventDriven.Tests.Checkout.Host;

/// <summary>Which servers an instance of Checkout uses; instances on one database are instances of one service.</summary>
internal sealed record CheckoutAppOptions(string Database, string Redis)
{
    public string Kafka { get; init; } = CheckoutApp.Away;

    public string Inventory { get; init; } = $"http://{CheckoutApp.Away}";

    /// <summary>The payment provider; null for none, which Development stands in for.</summary>
    public string? Provider { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<string> MasterKeys { get; init; } = [TestMasterKey.Value];

    public string Environment { get; init; } = "Development";

    /// <summary>Other settings of the section <c>Payments</c>.</summary>
    public IReadOnlyDictionary<string, string> Payments { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
