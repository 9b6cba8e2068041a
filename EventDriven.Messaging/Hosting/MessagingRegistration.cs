using System.Diagnostics.CodeAnalysis;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Health;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Lag;
using EventDriven.Messaging.Leases;
using EventDriven.Messaging.Outbox.Relaying;
using EventDriven.Messaging.Outbox.Writing;
using EventDriven.Messaging.Privacy;
using EventDriven.Messaging.Privacy.Sealing;
using EventDriven.Messaging.Receipts;
using EventDriven.Messaging.Storage.Outbox;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Hosting;

/// <summary>Registers the parts of messaging.</summary>
[RequiresUnreferencedCode(NoTrimming.Reason)]
[RequiresDynamicCode(NoTrimming.Reason)]
internal static class MessagingRegistration
{
    /// <summary>
    /// Registers what every service needs. Its checks run before anything else of messaging, and after the service's
    /// own migration if that is registered before.
    /// </summary>
    public static void AddBasics<TContext>(this IServiceCollection services, string source)
        where TContext : DbContext
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<MessagingMetrics>();
        services.TryAddSingleton<MessagingGauges>();
        services.AddSingleton<IValidateOptions<MessagingOptions>, MessagingOptionsValidator>();
        services.AddOptions<MessagingOptions>().BindConfiguration(MessagingOptions.Section)
            .Validate(
                options => options.Retry.FirstDelay <= options.Retry.LongestDelay,
                "Messaging:Retry:FirstDelay is longer than Messaging:Retry:LongestDelay: lower the one or raise the other.")
            .Validate(
                options => options.Retry is { Attempts: >= 1, Factor: >= 1 },
                "Messaging:Retry:Attempts and Messaging:Retry:Factor must be at least 1.")
            .Validate(
                options => options.Outbox.SchemaAddress is null or { IsAbsoluteUri: true },
                "Messaging:Outbox:SchemaAddress must be an absolute URL, such as https://checkout.example.com.")
            .ValidateOnStart();
        services.TryAddSingleton<KafkaSettings>(_ => throw new InvalidOperationException(
            "AddMessaging does not say where Kafka is: add .UseKafka(\"kafka\"), with the name of a connection string."));
        services.AddSingleton<IStartCheck, DatabaseCheck<TContext>>();
        services.AddHostedService<StartChecks>();
        services.AddSingleton<TopicFaults>();
        services.AddSingleton<BrokerRefusals>();
        services.TryAddScoped<IOutbox>(_ => new NothingPublished(source));
        services.AddHostedService<SchemaInstallation<TContext>>();
        services.AddHostedService<TopicsCheck>();
        services.AddHealthChecks().AddCheck<TopicsHealth>("topics");
    }

    /// <summary>
    /// Registers the outbox. Its hosted services start before the consumers: what starts first stops last, so it
    /// sends what consumers publish until they stop.
    /// </summary>
    public static void AddOutbox<TContext>(this IServiceCollection services)
        where TContext : DbContext
    {
        services.AddSingleton<OutboxMessageFactory>();
        services.AddSingleton<OutboxSignal>();
        services.AddScoped(provider => new OutboxCommands(
            provider.GetRequiredService<OutboxMessageFactory>(),
            provider.GetRequiredService<OutboxSignal>(),
            provider.GetService<ISubjectKeys>()));
        services.AddSingleton<OutboxCommitInterceptor>();
        services.AddSingleton<OutboxSaveInterceptor>();
        services.TryAddKeyedSingleton(OutboxProducer.Key, (provider, _) => OutboxProducer.Create(provider));
        var after = services.IndexOf(services.Last(
            service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(TopicsCheck)));
        services.Insert(after + 1, ServiceDescriptor.Singleton<IHostedService, OutboxRelay<TContext>>());
        services.Insert(after + 2, ServiceDescriptor.Singleton<IHostedService, OutboxListener<TContext>>());
        services.Insert(after + 3, ServiceDescriptor.Singleton<IHostedService, OutboxMeter<TContext>>());
        services.AddHealthChecks().AddCheck<OutboxHealth>("outbox");
        services.Replace(ServiceDescriptor.Scoped<IOutbox, OutboxWriter<TContext>>());
        services.ConfigureDbContext<TContext>((provider, options) =>
        {
            OutboxModelExtension.AddTo(options);
            options.AddInterceptors(
                provider.GetRequiredService<OutboxCommitInterceptor>(), provider.GetRequiredService<OutboxSaveInterceptor>());
        });
    }

    /// <summary>Registers what all consumer groups share.</summary>
    public static void AddConsuming<TContext>(this IServiceCollection services, string source)
        where TContext : DbContext
    {
        services.TryAddSingleton<CircuitBreakers>();
        services.TryAddSingleton<UnreadableRecords>();
        services.TryAddSingleton<IEventLeases, NoLeases>();
        services.AddSingleton<DatabaseTime>();
        services.ConfigureDbContext<TContext>((provider, options) => options.AddInterceptors(provider.GetRequiredService<DatabaseTime>()));
        services.AddSingleton<IStartCheck>(provider => new HandlerCheck(
            provider.GetServices<ConsumerGroup>(),
            provider.GetServices<CreatedHandler>(),
            provider.GetRequiredService<IServiceProviderIsService>()));
        services.AddHostedService<Retention<TContext>>();
        services.AddReceipts(source);
        services.AddVisibility<TContext>();
    }

    /// <summary>Registers the cache of keys, and a check of whether they can be had.</summary>
    public static void AddSubjectKeys(this IServiceCollection services)
    {
        services.AddSingleton(provider => new SubjectKeyCache(
            provider.GetRequiredService<ISubjectKeySource>,
            provider.GetRequiredService<IOptions<MessagingOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ISubjectKeyReader>(provider => provider.GetRequiredService<SubjectKeyCache>());
        services.AddHealthChecks().AddCheck<SubjectKeysHealth>("subject-keys");
    }

    private static void AddVisibility<TContext>(this IServiceCollection services)
        where TContext : DbContext
    {
        services.AddSingleton(provider => new LagReader(
            provider.GetRequiredService<KafkaSettings>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<LagMeter>(
            provider,
            (Func<IServiceProvider, DbContext>)(scope => scope.GetRequiredService<TContext>()),
            KafkaAdmin.Open(
                provider.GetRequiredService<KafkaSettings>(),
                provider.GetServices<ConsumerGroup>().FirstOrDefault(group => !group.OffsetsInDatabase)?.Name)));
        services.AddSingleton<IConsumerLag>(provider => provider.GetRequiredService<LagMeter>());
        services.AddHostedService(provider => provider.GetRequiredService<LagMeter>());
        services.AddHostedService<ParkedKeysMeter<TContext>>();
        services.AddHealthChecks()
            .AddCheck<LagHealth>("lag")
            .AddCheck<ParkedKeysHealth>("parked-keys")
            .AddCheck<UnreadableHealth>("unreadable")
            .AddCheck<ConsumerHealth>("consumer");
    }

    private static void AddReceipts(this IServiceCollection services, string source)
    {
        services.AddSingleton<ReceiptQueue>();
        services.TryAddSingleton(provider => new ReceiptProducer(
            provider.GetRequiredService<KafkaSettings>(),
            source,
            provider.GetRequiredService<IOptions<MessagingOptions>>().Value.Receipts.Topic,
            provider.GetRequiredService<MessagingMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ReceiptProducer>>()));
        services.AddHostedService<ReceiptPublisher>();
    }
}
