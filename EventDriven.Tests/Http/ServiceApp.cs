using EventDriven.Tests.Authorization;
using EventDriven.Tests.Checkout.Host;
using EventDriven.Tests.Services;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Http;

/// <summary>
/// A service as it is shipped, on Kestrel and a database of its own, without a broker. What it logs is kept, from
/// <see cref="LogLevel.Debug"/> up.
/// </summary>
internal sealed class ServiceApp<TContext> : WebApplicationFactory<TContext>, IServiceApp
    where TContext : DbContext
{
    private readonly string _database;
    private readonly string _connectionString;
    private readonly string _redis;
    private readonly IReadOnlyDictionary<string, string> _settings;

    private ServiceApp(string database, string connectionString, string redis, IReadOnlyDictionary<string, string> settings)
    {
        (_database, _connectionString, _redis, _settings) = (database, connectionString, redis, settings);
        UseKestrel(0);
        StartServer();
        Client = CreateClient().As(TestTokens.All);
        Client.Timeout = TimeSpan.FromSeconds(60);
    }

    public HttpClient Client { get; }

    public LoggedLines Log { get; } = new();

    /// <param name="servers">The test's servers.</param>
    /// <param name="database">Name of the service's connection string.</param>
    /// <param name="adjust">Changes the connection string; null for the database as it is.</param>
    /// <param name="settings">Configuration.</param>
    public static async Task<ServiceApp<TContext>> StartAsync(
        Servers servers, string database, Func<string, string>? adjust = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var connectionString = await servers.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        return new ServiceApp<TContext>(
            database, adjust?.Invoke(connectionString) ?? connectionString, servers.Redis,
            settings ?? new Dictionary<string, string>(StringComparer.Ordinal));
    }

    /// <summary>Reads or changes the service's own database.</summary>
    public async Task<T> QueryAsync<T>(Func<TContext, Task<T>> query)
    {
        await using var scope = Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<TContext>());
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting($"ConnectionStrings:{_database}", _connectionString);
        builder.UseSetting("ConnectionStrings:redis", _redis);
        builder.UseSetting("ConnectionStrings:kafka", CheckoutApp.Away);
        builder.UseSetting("Services:inventory:http:0", $"http://{CheckoutApp.Away}");
        builder.UseSetting("Logging:LogLevel:Default", "Debug");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Debug");
        builder.UseSetting("Logging:LogLevel:EventDriven.Messaging", "None");
        builder.UseSetting("Logging:Console:LogLevel:Default", "None");
        foreach (var (key, value) in TestTokens.SettingsOf(_database[..^"db".Length]).Concat(_settings))
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(Log));
    }
}
