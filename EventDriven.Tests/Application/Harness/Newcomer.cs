using System.Collections.Concurrent;
using EventDriven.Contracts;
using EventDriven.Messaging;
using EventDriven.Tests.Messaging.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EventDriven.Tests.Application.Harness;

/// <summary>A consumer that is not part of the application, with a database of its own.</summary>
internal sealed class Newcomer : IAsyncDisposable
{
    private readonly IHost _host;

    private Newcomer(IHost host) => _host = host;

    public IEnumerable<Guid> Seen => _host.Services.GetRequiredService<Orders>().Ids.Keys;

    public static async Task<Newcomer> StartAsync(SystemUnderTest system, CancellationToken cancellationToken)
    {
        var database = await CreateDatabaseAsync(await system.ConnectionStringAsync("postgres"), cancellationToken);
        await using (var context = new TestDatabase(TestDatabaseOptions.For(database)))
        {
            await context.CreateAsync(cancellationToken);
        }

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:kafka"] = await system.ConnectionStringAsync("kafka"),
            ["ConnectionStrings:redis"] = await system.ConnectionStringAsync("redis"),
        });
        builder.Services.AddLogging();
        builder.Services.AddDbContextPool<TestDatabase>(o => o.UseNpgsql(database).UseSnakeCaseNamingConvention());
        builder.Services.AddSingleton<Orders>();
        builder.AddMessaging<TestDatabase>("/newcomer")
            .UseKafka("kafka")
            .UseRedisLeases("redis")
            .AddConsumer("newcomer", consumer => consumer
                .Subscribe(Topics.Orders)
                .AddHandler<NoteOrder>());
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new Newcomer(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    private static async Task<string> CreateDatabaseAsync(string administrator, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(administrator);
        await using var create = source.CreateCommand("CREATE DATABASE newcomer");
        await create.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(administrator) { Database = "newcomer" }.ConnectionString;
    }

    internal sealed class Orders
    {
        public ConcurrentDictionary<Guid, bool> Ids { get; } = [];
    }

    internal sealed class NoteOrder(Orders orders) : IEventHandler<PlacedOrder>
    {
        public Task HandleAsync(EventContext<PlacedOrder> context, CancellationToken cancellationToken)
        {
            context.OnCommitted(() => orders.Ids.TryAdd(context.Data.OrderId, true));
            return Task.CompletedTask;
        }
    }
}
