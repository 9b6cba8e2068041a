using EventDriven.Tests.Authorization;

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

    /// <summary>Whose tokens it accepts; unless told those of the development issuer.</summary>
    public IReadOnlyDictionary<string, string> Identities { get; init; } = TestTokens.Settings;

    /// <summary>The folder with secrets; null for none.</summary>
    public string? SecretsFolder { get; init; }

    /// <summary>The token of the caller; unless told the back office's.</summary>
    public string? Token { get; init; } = TestTokens.All;

    /// <summary>Other settings of the section <c>Payments</c>.</summary>
    public IReadOnlyDictionary<string, string> Payments { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
