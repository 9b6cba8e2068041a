namespace EventDriven.Tests.Checkout.Host;

/// <summary>Which servers an instance of Checkout uses; instances on one database are instances of one service.</summary>
internal sealed record CheckoutAppOptions(string Database, string Redis)
{
    public string Kafka { get; init; } = CheckoutApp.Away;

    public string Inventory { get; init; } = $"http://{CheckoutApp.Away}";
}
