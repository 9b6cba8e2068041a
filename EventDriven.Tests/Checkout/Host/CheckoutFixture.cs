namespace EventDriven.Tests.Checkout.Host;

/// <summary>One Checkout for the tests of a collection. They keep apart by their orders, customers and keys.</summary>
public sealed class CheckoutFixture(Servers servers) : IAsyncLifetime
{
    private CheckoutApp? _app;
    private FakeInventory? _inventory;
    private FakeProvider? _provider;
    private CheckoutAppOptions? _options;

    internal CheckoutApp App => _app!;

    internal FakeInventory Inventory => _inventory!;

    internal FakeProvider Provider => _provider!;

    /// <summary>For another instance on the same servers.</summary>
    internal CheckoutAppOptions Options => _options!;

    /// <summary>An empty database, for a test that changes what all tests would share.</summary>
    internal Task<string> NewDatabaseAsync() => servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync()
    {
        _inventory = await FakeInventory.StartAsync();
        _provider = await FakeProvider.StartAsync();
        _options = new CheckoutAppOptions(await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken), servers.Redis)
        {
            Inventory = _inventory.Url,
            Provider = _provider.Url,
        };
        _app = new CheckoutApp(_options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (_inventory is not null)
        {
            await _inventory.DisposeAsync();
        }

        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }
}
