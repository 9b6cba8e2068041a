using Checkout.Api.Database;
using Checkout.Api.Orders.StockFacts;
using EventDriven.Contracts;
using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Storage.Outbox;
using EventDriven.Tests.Authorization;
using EventDriven.Tests.Services;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Tests.Checkout.Host;

/// <summary>
/// Checkout as it is shipped, on Kestrel and real servers. Without a broker its events stay in the outbox, where a test can see them, and
/// Inventory's facts are applied the way the consumer does.
/// </summary>
internal sealed class CheckoutApp : WebApplicationFactory<CheckoutDbContext>
{
    /// <summary>Connection string of a server that is away.</summary>
    public const string Away = "127.0.0.1:1";

    private readonly CheckoutAppOptions _options;

    public CheckoutApp(CheckoutAppOptions options)
    {
        _options = options;
        UseKestrel(0);
        StartServer();
        Client = CreateClient().As(options.Token);
    }

    public HttpClient Client { get; }

    /// <summary>Reads or changes the service's own database.</summary>
    public async Task<T> QueryAsync<T>(Func<CheckoutDbContext, Task<T>> query)
    {
        await using var scope = Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<CheckoutDbContext>());
    }

    /// <summary>What was announced about a key and not yet sent, in the order of sending.</summary>
    public Task<List<OutboxMessage>> OutboxAsync(Guid key) =>
        QueryAsync(d => d.Set<OutboxMessage>().AsNoTracking().Where(m => m.Key == key.ToString()).OrderBy(m => m.Sequence).ToListAsync());

    /// <summary>What was announced about a key, by the last part of its type.</summary>
    public async Task<List<string>> AnnouncedAsync(Guid key) => [.. (await OutboxAsync(key)).Select(m => m.Type.Split('.')[2])];

    /// <summary>Inventory says that it holds an order's stock.</summary>
    public Task StockReservedAsync(Guid orderId) => ApplyAsync(
        EventBinding.OfBatches<StockReserved, ConfirmOrder>(StockFactsJson.Default.StockReserved), InventoryFacts.StockReserved(orderId));

    /// <summary>Inventory says that there is too little of something.</summary>
    public Task StockRejectedAsync(Guid orderId, params string[] skus) => ApplyAsync(
        EventBinding.Of<StockRejected, RejectOrder>(StockFactsJson.Default.StockRejected), InventoryFacts.StockRejected(orderId, skus));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:checkoutdb", _options.Database);
        builder.UseSetting("ConnectionStrings:redis", _options.Redis);
        builder.UseSetting("ConnectionStrings:kafka", _options.Kafka);
        builder.UseSetting("Services:inventory:http:0", _options.Inventory);
        builder.UseEnvironment(_options.Environment);
        builder.UseSetting("Http:Drain:Delay", "00:00:00");
        builder.UseSetting("Payments:Provider", _options.Provider);
        builder.UseSetting(ProviderWebhook.Setting, ProviderWebhook.Secret);
        foreach (var (index, key) in _options.MasterKeys.Index())
        {
            builder.UseSetting($"PersonalData:MasterKeys:{index}", key);
        }

        foreach (var (name, value) in _options.Payments)
        {
            builder.UseSetting($"Payments:{name}", value);
        }

        builder.UseSetting("Secrets:Folder", _options.SecretsFolder);
        foreach (var (name, value) in _options.Identities)
        {
            builder.UseSetting(name, value);
        }

        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Logging:LogLevel:EventDriven.Messaging", "None");
        builder.UseSetting("Logging:LogLevel:Polly", "None");
    }

    private async Task ApplyAsync(EventBinding binding, (EventEnvelope Envelope, byte[] Data) fact)
    {
        var transaction = new EventTransaction<CheckoutDbContext>(
            new ConsumerIdentity("checkout", "test", KeepsOffsets: false, Replays: 0),
            1_000,
            Services.GetRequiredService<IServiceScopeFactory>(),
            new DatabaseTime(),
            TimeProvider.System);
        var delivery = new Delivery("checkout", Topics.Inventory.Name, 0, 0, 1);
        await transaction.ApplyAsync(
            [Attempts.Of(binding, fact.Envelope, delivery, fact.Data)], [], [], TestContext.Current.CancellationToken);
    }
}
