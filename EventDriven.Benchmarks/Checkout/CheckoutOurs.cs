using System.Security.Cryptography;
using EventDriven.AppHost.Model;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;

namespace EventDriven.Benchmarks.Checkout;

/// <summary>
/// The product's Checkout as it is shipped, its relay included. This process makes the load; Checkout's is what is measured.
/// </summary>
internal sealed class CheckoutOurs : IContestant
{
    // The relay works behind the requests; what it can't keep up with would be work that the measurement doesn't show.
    private static readonly TimeSpan RelayBound = TimeSpan.FromSeconds(2);

    private readonly OrderLoad _load;
    private readonly IdentityProvider _identities;
    private readonly ServiceProcess _api;
    private readonly StoredOrders _stored;

    private CheckoutOurs(IdentityProvider identities, ServiceProcess api, StoredOrders stored)
    {
        // The back office places the orders of many customers. Each request's token is checked, with RS256.
        _load = new OrderLoad(identities.Issue(
            new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "benchmark", ["scope"] = Scopes.OrdersWrite }));
        _identities = identities;
        _api = api;
        _stored = stored;
    }

    public static async Task<IContestant> CreateAsync(Servers servers)
    {
        var kafka = new Dictionary<string, string>(StringComparer.Ordinal) { ["ConnectionStrings__kafka"] = servers.Kafka };
        await CreateTopicsAsync(servers, kafka);
        var database = await servers.CreateDatabaseAsync("checkout_ours", CancellationToken.None);
        var identities = await IdentityProvider.StartAsync(CancellationToken.None);
        var environment = new Dictionary<string, string>(kafka, StringComparer.Ordinal)
        {
            ["ConnectionStrings__checkoutdb"] = database,
            ["ConnectionStrings__redis"] = servers.Redis,

            // Nothing is paid or refunded here, but the service insists on knowing by whom it would be.
            ["Payments__Provider"] = "http://127.0.0.1:9",
            ["PersonalData__MasterKeys__0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Payments__WebhookSecrets__0"] = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
        };
        foreach (var (setting, value) in identities.Settings(Audiences.System).Concat(identities.ClientSettings(Audiences.Inventory)))
        {
            environment[setting.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var api = await ServiceProcess.StartAsync("Checkout.Api", [], environment, CancellationToken.None);
        return new CheckoutOurs(identities, api, new StoredOrders(database, "orders, jsonb_array_elements(lines)"));
    }

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        var measured = await _load.RunAsync(_api.Url, _api.Process, events, cancellationToken);
        await _stored.VerifyAsync(events, cancellationToken);
        await DrainedAsync(cancellationToken);
        return measured;
    }

    public async ValueTask DisposeAsync()
    {
        _load.Dispose();
        await _api.DisposeAsync();
        await _identities.DisposeAsync();
    }

    // As an operator does: what a command changes is recorded.
    private static async Task CreateTopicsAsync(Servers servers, Dictionary<string, string> kafka)
    {
        var audit = new AuditDatabase("benchmark");
        await audit.EnsureAsync(servers.Postgres, CancellationToken.None);
        var environment = new Dictionary<string, string>(kafka, StringComparer.Ordinal)
        {
            [$"ConnectionStrings__{AuditDatabase.Name}"] = audit.ConnectionString(servers.Postgres),
        };
        await ServiceProcess.RunAsync(
            "EventDriven.Cli", ["topics", "apply", "--yes", "--because", "A benchmark."], environment, CancellationToken.None);
    }

    private async Task DrainedAsync(CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(RelayBound);
        while (await _stored.CountAsync("messaging.outbox", bound.Token) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), bound.Token);
        }
    }
}
