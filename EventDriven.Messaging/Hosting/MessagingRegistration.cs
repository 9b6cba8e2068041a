using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Health;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Lag;
using EventDriven.Messaging.Outbox.Relaying;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Receipts;
using EventDriven.Messaging.Storage.Outbox;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Hosting;

/// <summary>Adds messaging to a service.</summary>
public static class MessagingRegistration
{
    /// <summary>
    /// Registers what the service announces and what it listens to.
    /// </summary>
    /// <remarks>
    /// It needs in the container: <typeparamref name="TContext"/> on Npgsql, without retries of its own; logging and
    /// metrics; an <c>IProducer&lt;byte[], byte[]&gt;</c> that <see cref="OutboxProducer"/> has configured, when the service announces; an
    /// <c>IConnectionMultiplexer</c>, when it listens. And the connection string <c>kafka</c>. Its own tables it keeps in the schema <c>messaging</c> of the
    /// service's database, which it installs when the service starts.
    /// </remarks>
    /// <param name="builder">The service's host.</param>
    /// <param name="source">CloudEvents <c>source</c> of its events, such as <c>/checkout</c>.</param>
    /// <param name="configure">Events and consumer groups.</param>
    /// <typeparam name="TContext">The service's own database.</typeparam>
    public static IHostApplicationBuilder AddMessaging<TContext>(
        this IHostApplicationBuilder builder, string source, Action<MessagingBuilder<TContext>> configure)
        where TContext : DbContext
    {
        var messaging = new MessagingBuilder<TContext>(source);
        configure(messaging);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<MessagingMetrics>();
        builder.Services.TryAddSingleton<CircuitBreakers>();
        builder.Services.TryAddSingleton<UnreadableRecords>();
        builder.Services.TryAddSingleton<MessagingGauges>();
        builder.Services.AddSingleton<IValidateOptions<MessagingOptions>, MessagingOptionsValidator>();
        builder.Services.AddOptions<MessagingOptions>().BindConfiguration(MessagingOptions.Section)
            .Validate(
                options => options.Retry.FirstDelay <= options.Retry.LongestDelay,
                "Messaging:Retry:FirstDelay is longer than Messaging:Retry:LongestDelay: lower the one or raise the other.")
            .ValidateOnStart();
        builder.Services.AddSingleton(new SentMessages(messaging.Sent));
        AddStartChecks<TContext>(builder.Services);
        if (messaging.Published.Count > 0)
        {
            AddOutbox(builder.Services, messaging);
        }

        if (messaging.Groups.Count > 0)
        {
            builder.Services.AddSingleton<DatabaseTime>();
            builder.Services.ConfigureDbContext<TContext>((provider, options) => options.AddInterceptors(provider.GetRequiredService<DatabaseTime>()));
            builder.Services.AddHostedService<Retention<TContext>>();
            builder.Services.AddReceipts(source);
            messaging.Groups.ForEach(group => builder.Services.AddConsumer<TContext>(group));
            AddVisibility<TContext>(builder.Services);
        }

        builder.Services.AddHealthChecks().AddCheck<TopicsHealth>("topics");
        return builder;
    }

    /// <summary>Before all else of messaging: what is missing stops the start. After the service's own migration, where that was added before.</summary>
    private static void AddStartChecks<TContext>(IServiceCollection services)
        where TContext : DbContext
    {
        services.AddSingleton<MissingTopics>();
        services.AddHostedService<SchemaInstallation<TContext>>();
        services.AddHostedService<TopicsCheck>();
    }

    private static void AddVisibility<TContext>(IServiceCollection services)
        where TContext : DbContext
    {
        services.AddSingleton(provider => new LagReader(
            BootstrapServers.Of(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<LagMeter>(
            provider,
            (Func<IServiceProvider, DbContext>)(scope => scope.GetRequiredService<TContext>()),
            KafkaAdmin.Open(
                BootstrapServers.Of(provider),
                provider.GetServices<ConsumerGroup>().FirstOrDefault(group => !group.OffsetsInDatabase)?.Name)));
        services.AddHostedService(provider => provider.GetRequiredService<LagMeter>());
        services.AddHostedService<ParkedKeysMeter<TContext>>();
        services.AddHealthChecks()
            .AddCheck<LagHealth>("lag")
            .AddCheck<ParkedKeysHealth>("parked-keys")
            .AddCheck<UnreadableHealth>("unreadable")
            .AddCheck<ConsumerHealth>("consumer");
    }

    /// <summary>Before the consumers: what starts first stops last, and sends what they did last.</summary>
    private static void AddReceipts(this IServiceCollection services, string source)
    {
        services.AddSingleton<ReceiptQueue>();
        services.TryAddSingleton(provider => new ReceiptProducer(
            provider.GetRequiredService<IConfiguration>().GetConnectionString("kafka") ?? "",
            source,
            provider.GetRequiredService<IOptions<MessagingOptions>>().Value.Receipts.Topic,
            provider.GetRequiredService<MessagingMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ReceiptProducer>>()));
        services.AddHostedService<ReceiptPublisher>();
    }

    private static void AddOutbox<TContext>(IServiceCollection services, MessagingBuilder<TContext> messaging)
        where TContext : DbContext
    {
        services.AddSingleton(new PublishedEvents(messaging.Source, messaging.Published));
        services.AddSingleton<OutboxMessageFactory>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton(provider =>
            new OutboxCommands(provider.GetRequiredService<OutboxMessageFactory>(), provider.GetRequiredService<OutboxSignal>()));
        services.AddSingleton<OutboxCommitInterceptor>();
        services.AddSingleton<OutboxSaveInterceptor>();
        services.AddHostedService<OutboxRelay<TContext>>();
        services.AddHostedService<OutboxListener<TContext>>();
        services.AddHostedService<OutboxMeter<TContext>>();
        services.AddHealthChecks().AddCheck<OutboxHealth>("outbox");
        services.AddScoped<IOutbox, OutboxWriter<TContext>>();
        services.ConfigureDbContext<TContext>((provider, options) =>
        {
            OutboxModelExtension.AddTo(options);
            options.AddInterceptors(provider.GetRequiredService<OutboxCommitInterceptor>(), provider.GetRequiredService<OutboxSaveInterceptor>());
        });
    }
}
