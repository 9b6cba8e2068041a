using System.Diagnostics;
using System.Security.Cryptography;
using EventDriven.AppHost.Model;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Identity;
using EventDriven.Tests.Authorization;

namespace EventDriven.Benchmarks.Checkout;

/// <summary>The product's Checkout as it is shipped, its relay included, and the identity provider that it believes.</summary>
internal sealed class CheckoutService : IAsyncDisposable
{
    private readonly IdentityProvider _identities;
    private readonly ServiceProcess _api;

    private CheckoutService(IdentityProvider identities, ServiceProcess api, string database)
    {
        _identities = identities;
        _api = api;
        Database = database;
    }

    /// <summary>Environment of a service that one client at one address gives the load of all.</summary>
    public static IReadOnlyDictionary<string, string> WithoutCallerLimits { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Http__Overload__AddressPerSecond"] = "0",
        ["Http__Overload__ClientPerSecond"] = "0",
        ["Http__Overload__ConnectionsPerAddress"] = "0",
    };

    public Uri Url => _api.Url;

    /// <summary>What is measured.</summary>
    public Process Process => _api.Process;

    /// <summary>Connection string of its database.</summary>
    public string Database { get; }

    /// <summary>Starts it on a new database.</summary>
    public static async Task<CheckoutService> StartAsync(Servers servers, string database, CancellationToken cancellationToken)
    {
        var kafka = new Dictionary<string, string>(StringComparer.Ordinal) { ["ConnectionStrings__kafka"] = servers.Kafka };
        await CreateTopicsAsync(servers, kafka, cancellationToken);
        var connectionString = await servers.CreateDatabaseAsync(database, cancellationToken);
        var identities = await IdentityProvider.StartAsync(cancellationToken);
        var environment = new Dictionary<string, string>(kafka, StringComparer.Ordinal)
        {
            ["ConnectionStrings__checkoutdb"] = connectionString,
            ["ConnectionStrings__redis"] = servers.Redis,

            // Nothing is paid or refunded here, but the service insists on knowing by whom it would be.
            ["Payments__Provider"] = "http://127.0.0.1:9",
            ["PersonalData__MasterKeys__0"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
            ["Payments__WebhookSecrets__0"] = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
        };
        foreach (var (setting, value) in WithoutCallerLimits)
        {
            environment[setting] = value;
        }

        foreach (var (setting, value) in identities.Settings(Audiences.System).Concat(identities.ClientSettings(Audiences.Inventory)))
        {
            environment[setting.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        try
        {
            return new CheckoutService(
                identities, await ServiceProcess.StartAsync("Checkout.Api", [], environment, cancellationToken), connectionString);
        }
        catch
        {
            await identities.DisposeAsync();
            throw;
        }
    }

    /// <summary>The back office's token; it places the orders of many customers. Each request's token is checked, with RS256.</summary>
    public string NewToken() => _identities.Issue(
        new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "benchmark", ["scope"] = Scopes.OrdersWrite });

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _identities.DisposeAsync();
    }

    // As an operator does: what a command changes is recorded.
    private static async Task CreateTopicsAsync(
        Servers servers, Dictionary<string, string> kafka, CancellationToken cancellationToken)
    {
        var audit = new AuditDatabase("benchmark");
        await audit.EnsureAsync(servers.Postgres, cancellationToken);
        var environment = new Dictionary<string, string>(kafka, StringComparer.Ordinal)
        {
            [$"ConnectionStrings__{AuditDatabase.Name}"] = audit.ConnectionString(servers.Postgres),
        };
        await ServiceProcess.RunAsync(
            "EventDriven.Cli", ["topics", "apply", "--yes", "--because", "A benchmark."], environment, cancellationToken);
    }
}
