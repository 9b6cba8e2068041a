using EventDriven.Messaging;
using EventDriven.ServiceDefaults.Clients;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EventDriven.Tests.Services;

/// <summary>A service's consumer on a broker, on an empty database of its own.</summary>
internal sealed class RunningService<TContext> : IAsyncDisposable
    where TContext : DbContext
{
    private readonly IHost _host;

    private RunningService(IHost host, string connectionString) => (_host, ConnectionString) = (host, connectionString);

    public string ConnectionString { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RunningService<TContext>> StartAsync(
        Servers servers, Action<IMessagingBuilder> messaging, Action<HostApplicationBuilder>? configure = null)
    {
        var database = await servers.CreateDatabaseAsync(Token);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:kafka"] = servers.Kafka,
            ["ConnectionStrings:redis"] = servers.Redis,
            ["Messaging:Cluster"] = servers.NoKafkaLogOnDisk is null ? null : "emulator",
        });
        builder.Services.AddLogging();
        builder.Services.AddMetrics();
        builder.Services.AddDbContextPool<TContext>(options =>
            options.UseNpgsql(DatabaseDefaults.Apply(database)).UseSnakeCaseNamingConvention());
        messaging(builder.AddMessaging<TContext>("/test").UseKafka("kafka").UseRedisLeases("redis"));
        configure?.Invoke(builder);
        var host = builder.Build();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<TContext>().Database.MigrateAsync(Token);
        }

        await host.StartAsync(Token);
        return new RunningService<TContext>(host, database);
    }

    /// <summary>The first column of a query's rows.</summary>
    public async Task<List<string>> QueryAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetValue(0).ToString()!);
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
