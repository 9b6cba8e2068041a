using System.Globalization;
using EventDriven.Identity;
using EventDriven.Messaging;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Receipts;
using EventDriven.Messaging.Storage.Outbox;
using EventDriven.Messaging.Telemetry;
using EventDriven.ServiceDefaults;
using EventDriven.ServiceDefaults.Health;
using EventDriven.Tests.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>A service with an outbox and a consumer on real servers; several on one database are instances of it.</summary>
internal sealed class NoteService : IAsyncDisposable
{
    private readonly IHost _host;

    private NoteService(IHost host) => _host = host;

    public NoteBehaviour Behaviour => _host.Services.GetRequiredService<NoteBehaviour>();

    /// <summary>Of an instance that serves HTTP.</summary>
    public HttpClient Http =>
        field ??= new HttpClient { BaseAddress = new Uri(((WebApplication)_host).Urls.Single()) }.As(TestTokens.Of(Scopes.OpsRead));

    public static async Task<NoteService> StartAsync(NoteServiceOptions options, CancellationToken cancellationToken)
    {
        var host = options.ServesHttp ? WithHttp(options) : WithoutHttp(options);
        await host.StartAsync(cancellationToken);
        return new NoteService(host);
    }

    /// <summary>Changes the configuration while the service runs, as a file of it that is read again would.</summary>
    public void Configure(string path, string value)
    {
        var configuration = (IConfigurationRoot)_host.Services.GetRequiredService<IConfiguration>();
        configuration[path] = value;
        configuration.Reload();
    }

    private static IHost WithoutHttp(NoteServiceOptions options)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        Configure(builder, options);
        return builder.Build();
    }

    private static WebApplication WithHttp(NoteServiceOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(TestTokens.Settings!);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.AddDatabaseHealth<TestDatabase>();
        Configure(builder, options);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapDefaultEndpoints();
        return app;
    }

    private static void Configure(IHostApplicationBuilder builder, NoteServiceOptions options)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:kafka"] = options.Kafka,
            ["ConnectionStrings:redis"] = options.Redis,
            ["Messaging:Cluster"] = options.Cluster,
            ["Messaging:Retry:FirstDelay"] = "00:00:00.020",
            ["Messaging:Retry:LongestDelay"] = "00:00:00.200",
            ["Messaging:Receipts:Enabled"] = options.Receipts.ToString(),
            ["Messaging:Consumer:WindowPerPartition"] = options.WindowPerPartition.ToString(),
            ["Messaging:Outbox:PollInterval"] = TimeSpan.FromMilliseconds(options.OutboxPollMs).ToString(),
            ["Messaging:Outbox:BatchSize"] = options.OutboxBatchSize.ToString(),
            ["Messaging:Leases:Duration"] = "00:00:02",
            ["Messaging:DeadLetters:MaxParkedKeys"] = options.MaxParkedKeys.ToString(),
            ["Messaging:DeadLetters:MaxFailureRate"] = options.MaxFailureRate.ToString(CultureInfo.InvariantCulture),
            ["Messaging:DeadLetters:ProbeInterval"] = "00:00:00.300",
            ["Messaging:Consumer:OperatorPollInterval"] = "00:00:00.100",
            ["Messaging:Consumer:SessionTimeout"] = "00:00:06",
        });
        builder.Configuration.AddInMemoryCollection(options.Settings);
        builder.Services.AddLogging(logging => _ = options.Log is null
            ? logging
            : logging.AddProvider(options.Log).AddFilter("EventDriven.Messaging.Consuming", options.ConsumerLogLevel));
        builder.Services.AddMetrics();
        builder.Services.AddDbContextPool<TestDatabase>(o => o.UseNpgsql(options.Database).UseSnakeCaseNamingConvention());
        builder.Services.AddServiceTasks<TestDatabase>();
        builder.Services.AddSingleton(new NoteBehaviour { Run = options.Behaviour, Announce = options.Announce });
        if (options.ReceiptsKafka is { } broker)
        {
            builder.Services.AddSingleton(provider => new ReceiptProducer(
                KafkaSettings.Parse(broker),
                "/notes",
                new ReceiptOptions().Topic,
                provider.GetRequiredService<MessagingMetrics>(),
                TimeProvider.System,
                NullLogger<ReceiptProducer>.Instance));
        }

        var messaging = builder.AddMessaging<TestDatabase>("/notes").UseKafka("kafka").UseJson(NotedJson.Default);
        if (options.Leases)
        {
            messaging.UseRedisLeases("redis");
        }

        if (options.Publishes)
        {
            messaging.Publishes<Noted>(options.Topic, note => note.Key);
            if (options.AlsoPublishesTo is { } next)
            {
                messaging.AlsoPublishes<Noted, NotedAnew>(next, note => new NotedAnew(new NotedKey(note.Key), note.Number));
            }
        }

        if (options.Group is { } group)
        {
            messaging.AddConsumer(group, consumer => Configure(consumer, options));
        }
    }

    private static void Configure(IConsumerBuilder consumer, NoteServiceOptions options)
    {
        _ = options.Hearsay ? consumer.SubscribeToHearsay(options.Topic) : consumer.Subscribe(options.Topic);
        if (options.OtherTopic is { } other)
        {
            consumer.Subscribe(other);
        }

        Func<RetryPolicy, RetryPolicy>? retry = options.Retry is { } policy ? _ => policy : null;
        _ = options switch
        {
            { ReadsNextMajor: true } => consumer.AddHandler<NotedAnewHandler>(retry),
            { Batches: true } => consumer.AddHandler<NoteBatchHandler>(retry),
            _ => consumer.AddHandler<NoteHandler>(retry),
        };
        if (options.OffsetsInDatabase)
        {
            consumer.KeepOffsetsInDatabase();
        }
    }

    /// <summary>Announces notes in one transaction of the service's database.</summary>
    public Task AnnounceAsync(CancellationToken cancellationToken, params Noted[] notes) => InTransactionAsync(
        (_, outbox) =>
        {
            foreach (var note in notes)
            {
                outbox.Add(note, TimeProvider.System.GetUtcNow());
            }

            return Task.CompletedTask;
        },
        commit: true,
        cancellationToken);

    public async Task InTransactionAsync(Func<TestDatabase, IOutbox, Task> work, bool commit, CancellationToken cancellationToken)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TestDatabase>();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await work(database, scope.ServiceProvider.GetRequiredService<IOutbox>());
        await database.SaveChangesAsync(cancellationToken);
        if (commit)
        {
            await transaction.CommitAsync(cancellationToken);
        }
        else
        {
            await transaction.RollbackAsync(cancellationToken);
        }
    }

    public async Task<List<Effect>> EffectsAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TestDatabase>().Effects.AsNoTracking()
            .OrderBy(e => e.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> OutboxDepthAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TestDatabase>().Set<OutboxMessage>()
            .CountAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Completes when the service stops by itself.</summary>
    public Task Stopping
    {
        get
        {
            var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
            return stopping.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The first column of the first row of a query on the service's database.</summary>
    public async Task<object?> QueryAsync(string sql)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TestDatabase>().Database;
        await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Lets the service's program do a task, as an operator would, beside the running service.</summary>
    public async Task<(int ExitCode, List<TaskLine> Lines)> TaskAsync(params string[] args) =>
        await ServiceTask.RunAsync(_host.Services, args);

    public async ValueTask DisposeAsync()
    {
        if (_host is WebApplication)
        {
            Http.Dispose();
        }

        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
