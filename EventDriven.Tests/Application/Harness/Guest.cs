using EventDriven.Messaging;
using EventDriven.Tests.Messaging.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EventDriven.Tests.Application.Harness;

/// <summary>A consumer that is not part of the application, and uses its servers.</summary>
internal static class Guest
{
    /// <summary>Connection string of a new database with the tests' tables.</summary>
    public static async Task<string> CreateDatabaseAsync(SystemUnderTest system, string name, CancellationToken cancellationToken)
    {
        var administrator = await system.ConnectionStringAsync("postgres");
        await using (var source = NpgsqlDataSource.Create(administrator))
        {
            await using var create = source.CreateCommand($"CREATE DATABASE {name}");
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        var database = new NpgsqlConnectionStringBuilder(administrator) { Database = name }.ConnectionString;
        await using var context = new TestDatabase(TestDatabaseOptions.For(database));
        await context.CreateAsync(cancellationToken);
        return database;
    }

    /// <summary>Starts it.</summary>
    /// <param name="system">The application.</param>
    /// <param name="group">Its group.</param>
    /// <param name="database">Its database.</param>
    /// <param name="consume">Adds topics and handlers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="add">Adds what its handlers need.</param>
    public static async Task<IHost> StartAsync(
        SystemUnderTest system,
        string group,
        string database,
        Action<IConsumerBuilder> consume,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? add = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:kafka"] = await system.ConnectionStringAsync("kafka"),
            ["ConnectionStrings:redis"] = await system.ConnectionStringAsync("redis"),
        });
        builder.Services.AddLogging();
        builder.Services.AddDbContextPool<TestDatabase>(o => o.UseNpgsql(database).UseSnakeCaseNamingConvention());
        add?.Invoke(builder.Services);
        builder.AddMessaging<TestDatabase>($"/{group}").UseKafka("kafka").UseRedisLeases("redis").AddConsumer(group, consume);
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return host;
    }
}
