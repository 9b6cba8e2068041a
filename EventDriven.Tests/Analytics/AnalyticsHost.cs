using Analytics.Worker.Customers;
using Analytics.Worker.Database;
using Analytics.Worker.Journeys;
using Analytics.Worker.Orders;
using Analytics.Worker.Reservations;
using Analytics.Worker.Revenue;
using EventDriven.Messaging;
using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.ServiceDefaults.Clients;
using EventDriven.Tests.Messaging.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace EventDriven.Tests.Analytics;

/// <summary>
/// Analytics as it runs, on a topic and a database of its own: with its handlers, its connection pool and its prepared statements.
/// </summary>
internal sealed class AnalyticsHost : IAsyncDisposable
{
    private static readonly string[] Tables = ["orders", "ordered_items", "payments", "refunds", "reservations", "sign_ups"];

    private readonly IHost _host;

    private AnalyticsHost(IHost host, string connectionString) => (_host, ConnectionString) = (host, connectionString);

    public string ConnectionString { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts it.</summary>
    /// <param name="servers">PostgreSQL and Redis, and Kafka unless there is another.</param>
    /// <param name="topic">What it reads.</param>
    /// <param name="group">Consumer group.</param>
    /// <param name="database">Its database; null for a new one.</param>
    /// <param name="reads">What else the group does.</param>
    /// <param name="former">A cluster that it reads instead, which calls itself <c>former</c>.</param>
    /// <param name="hearsay">A topic that it reads as hearsay.</param>
    public static async Task<AnalyticsHost> StartAsync(
        Servers servers,
        string topic,
        string group,
        string? database = null,
        Action<IConsumerBuilder>? reads = null,
        string? former = null,
        string? hearsay = null)
    {
        var kafka = former ?? servers.Kafka;
        database ??= await servers.CreateDatabaseAsync(Token);
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:kafka"] = kafka,
            ["ConnectionStrings:redis"] = servers.Redis,
            ["Messaging:Cluster"] = former is not null ? "former" : servers.NoKafkaLogOnDisk is null ? null : "emulator",
            ["Messaging:Consumer:OperatorPollInterval"] = "00:00:00.100",
            ["Messaging:Retry:Attempts"] = "2",
            ["Messaging:Retry:FirstDelay"] = "00:00:00.020",
        });
        builder.Services.AddLogging();
        builder.Services.AddMetrics();
        builder.Services.AddDbContextPool<AnalyticsDbContext>(
            options => options.UseNpgsql(DatabaseDefaults.Apply(database)).UseSnakeCaseNamingConvention());
        builder.Services.AddServiceTasks<AnalyticsDbContext>();
        builder.AddMessaging<AnalyticsDbContext>("/analytics")
            .UseKafka("kafka")
            .UseRedisLeases("redis")
            .UseJson(OrderEvents.Default, PaymentEvents.Default, StockEvents.Default, CustomerEvents.Default, JourneyEvents.Default)
            .AddConsumer(group, consumer =>
            {
                reads?.Invoke(consumer);
                consumer
                    .Subscribe(topic)
                    .SubscribeToHearsay(hearsay is null ? [] : [hearsay])
                    .KeepOffsetsInDatabase()
                    .AddHandler<RecordOrdersPlaced>()
                    .AddHandler<RecordOrdersConfirmed>()
                    .AddHandler<RecordOrdersCancelled>()
                    .AddHandler<RecordPayments>()
                    .AddHandler<RecordRefunds>()
                    .AddHandler<RecordReservations>()
                    .AddHandler<RecordSignUps>();
            });
        var host = builder.Build();
        await using (var scope = host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<AnalyticsDbContext>().Database.MigrateAsync(Token);
        }

        await host.StartAsync(Token);
        return new AnalyticsHost(host, database);
    }

    /// <summary>Stops the service; its database can still be asked, and rebuilt.</summary>
    public Task StopAsync() => _host.StopAsync(Token);

    public Task<(int ExitCode, List<TaskLine> Lines)> RebuildAsync(params string[] options) =>
        ServiceTask.RunAsync(_host.Services, ["rebuild", "--change", $"{Guid.CreateVersion7()}", .. options]);

    /// <summary>As somebody runs it who does not use the commands.</summary>
    public Task<(int ExitCode, List<TaskLine> Lines)> RebuildUnrecordedAsync(params string[] options) =>
        ServiceTask.RunAsync(_host.Services, ["rebuild", .. options]);

    /// <summary>Every row of every table of the read model.</summary>
    public async Task<List<string>> ReadModelAsync()
    {
        var rows = new List<string>();
        foreach (var table in Tables)
        {
            rows.AddRange(await QueryAsync($"SELECT '{table} ' || t::text FROM {table} AS t ORDER BY t::text"));
        }

        return rows;
    }

    /// <summary>Asks as the service's API does, until it is told to stop; numbers of orders in the order of the answers.</summary>
    public async Task<List<long>> AskAsync(CancellationToken stop)
    {
        var answers = new List<long>();
        while (!stop.IsCancellationRequested)
        {
            await using var scope = _host.Services.CreateAsyncScope();
            var byState = await OrdersApi.GetByStateAsync(scope.ServiceProvider.GetRequiredService<AnalyticsDbContext>(), Token);
            answers.Add(byState.Value!.Values.Sum());
        }

        return answers;
    }

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
