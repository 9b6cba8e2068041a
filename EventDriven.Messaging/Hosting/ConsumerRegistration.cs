using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Consuming.Reading;
using EventDriven.Messaging.Consuming.Scheduling;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Leases;
using EventDriven.Messaging.Receipts;
using EventDriven.Messaging.Storage.DeadLetters;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Hosting;

/// <summary>Puts a consumer together.</summary>
[RequiresUnreferencedCode(NoTrimming.Reason)]
[RequiresDynamicCode(NoTrimming.Reason)]
internal static class ConsumerRegistration
{
    /// <summary>Adds a group's consumer.</summary>
    /// <param name="services">The service's container, in which the group's <see cref="ConsumerGroup"/> is registered.</param>
    /// <param name="name">Name of the group.</param>
    /// <param name="handlers">The group's handlers. The service's own registration of a handler takes precedence.</param>
    /// <typeparam name="TContext">The service's own database.</typeparam>
    public static void AddConsumer<TContext>(this IServiceCollection services, string name, IEnumerable<Type> handlers)
        where TContext : DbContext
    {
        foreach (var handler in handlers)
        {
            if (services.All(service => service.ServiceType != handler || service.IsKeyedService))
            {
                AddHandler(services, handler);
            }
        }

        services.AddSingleton<IHostedService>(provider =>
        {
            var group = provider.GetServices<ConsumerGroup>().Single(candidate => candidate.Name == name);
            var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger($"EventDriven.Messaging.Consuming.{group.Name}");
            var time = provider.GetRequiredService<TimeProvider>();
            var started = time.GetUtcNow();
            var log = new KafkaLog(logger, time);
            return new ConsumerPump(
                group,
                cancellationToken => OpenAsync<TContext>(provider, group, started, logger, log, cancellationToken),
                Pause<TContext>(provider, group, logger),
                provider.GetRequiredService<IOptions<MessagingOptions>>().Value.Consumer.InstanceId,
                provider.GetRequiredService<IHostApplicationLifetime>(),
                time,
                logger);
        });
    }

    // By a factory: in Development, the container's own check would come first, and say less than HandlerCheck. A factory needs one
    // constructor; which of several to call is the container's decision.
    private static void AddHandler(IServiceCollection services, Type handler)
    {
        services.AddSingleton(new CreatedHandler(handler));
        if (handler.GetConstructors().Length == 1)
        {
            var create = ActivatorUtilities.CreateFactory(handler, []);
            services.AddTransient(handler, provider => create(provider, null));
        }
        else
        {
            services.AddTransient(handler);
        }
    }

    private static async Task<ConsumerSession> OpenAsync<TContext>(
        IServiceProvider provider,
        ConsumerGroup group,
        DateTimeOffset started,
        ILogger logger,
        KafkaLog log,
        CancellationToken cancellationToken)
        where TContext : DbContext
    {
        var kafka = provider.GetRequiredService<KafkaSettings>();
        var options = provider.GetRequiredService<IOptions<MessagingOptions>>();
        var (cluster, logs) = await LogAsync(kafka, options.Value.Cluster, group, cancellationToken);
        var replays = await RegisterAsync<TContext>(provider, group, cluster, logs, started, cancellationToken);
        var identity = new ConsumerIdentity(group.Name, cluster, group.OffsetsInDatabase, replays);
        var scopes = provider.GetRequiredService<IServiceScopeFactory>();
        var metrics = provider.GetRequiredService<MessagingMetrics>();
        var time = provider.GetRequiredService<TimeProvider>();
        var pacer = new BatchPacer(options.Value.Consumer.BatchSize, group.Bindings.Values.Any(binding => !binding.TakesBatches));
        var circuits = provider.GetRequiredService<CircuitBreakers>();
        var breakers = new GroupCircuitBreakers(group.Topics.Distinct(StringComparer.Ordinal).Select(topic =>
            circuits.BreakerOf(group.Name, topic, () => new CircuitBreaker(group.Name, topic, options.Value, time, logger))));
        var operatorPoll = options.Value.Consumer.OperatorPollInterval;
        var receipts = options.Value.Receipts.Enabled
            ? new GroupReceipts(group.Name, options.Value.Receipts.Topic, provider.GetRequiredService<ReceiptQueue>(), time)
            : null;
        var altered = new AlteredEvents(group.Name, metrics, logger);
        var transaction = new EventTransaction<TContext>(
            identity, options.Value.DeadLetters.MaxParkedKeys, scopes, provider.GetRequiredService<DatabaseTime>(), time, altered);
        var ahead = group.OffsetsInDatabase
            ? new LookAhead<TContext>(new EventReader(group, metrics, logger), transaction, options.Value.Consumer)
            : null;
        var parking = new Parking(
            group,
            transaction,
            breakers,
            ahead is null ? null : ahead.FindsSuccessAsync,
            provider.GetRequiredService<UnreadableRecords>(),
            receipts,
            metrics,
            options.Value.Consumer,
            logger);
        var processor = new EventProcessor(
            group,
            identity.Marks,
            transaction,
            provider.GetRequiredService<IEventLeases>(),
            altered,
            parking,
            receipts,
            metrics,
            time,
            options.Value,
            logger);
        var redrive = new Redrive<TContext>(group, identity, transaction, scopes, breakers, receipts, metrics, time, options.Value, logger);
        var reminder = new BootstrapReminder(kafka.BootstrapServers, time);
        return new ConsumerSession(
            group,
            kafka,
            ConsumerClient.Builder(kafka, group, options.Value, log, reminder),
            new WorkDispatcher(processor.AttemptAsync, redrive.RunAsync, pacer).AttemptAsync,
            pacer,
            partitions =>
            {
                FreeHearsay<TContext>(scopes, group, time, partitions);
                return Stored<TContext>(scopes, group, identity, partitions);
            },
            new DeadLetterWatch(partitions => Unresolved<TContext>(scopes, identity, partitions), operatorPoll, time, logger),
            breakers,
            new ResolvedWatch(
                breakers,
                options.Value.DeadLetters.MaxParkedKeys,
                () => FailedKeys<TContext>(scopes, identity),
                operatorPoll,
                time,
                logger),
            reminder,
            provider.GetRequiredService<BrokerRefusals>(),
            options.Value,
            time,
            logger);
    }

    private static GroupPause Pause<TContext>(IServiceProvider provider, ConsumerGroup group, ILogger logger)
        where TContext : DbContext
    {
        return new GroupPause(
            group.Name,
            PausedByAsync,
            provider.GetRequiredService<IOptions<MessagingOptions>>().Value.Consumer.OperatorPollInterval,
            provider.GetRequiredService<TimeProvider>(),
            logger);

        async Task<string?> PausedByAsync(bool isReading, CancellationToken cancellationToken)
        {
            await using var scope = provider.CreateAsyncScope();
            return await GroupTable.PausedByAsync(
                scope.ServiceProvider.GetRequiredService<TContext>(), group.Name, isReading, cancellationToken);
        }
    }

    private static async Task<int> RegisterAsync<TContext>(
        IServiceProvider provider,
        ConsumerGroup group,
        string cluster,
        IReadOnlyList<TopicLog> logs,
        DateTimeOffset started,
        CancellationToken cancellationToken)
        where TContext : DbContext
    {
        await using var scope = provider.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        var registered = new RegisteredConsumerGroup
        {
            Group = group.Name,
            Cluster = cluster,
            Topics = [.. group.Topics],
            HearsayTopics = [.. group.HearsayTopics],
            OffsetsInDatabase = group.OffsetsInDatabase,
            InboxRetentionDays = provider.GetRequiredService<IOptions<MessagingOptions>>().Value.Consumer.InboxRetention.Days,
            StartedAt = provider.GetRequiredService<TimeProvider>().GetUtcNow(),
        };
        if (group.OffsetsInDatabase)
        {
            await ConsumedLogTable.NoteAsync(database, group.Name, cluster, logs, cancellationToken);
        }

        return await GroupTable.RegisterAsync(database, registered, group.Bindings.Keys, started, cancellationToken);
    }

    private static List<UnresolvedKey> Unresolved<TContext>(
        IServiceScopeFactory scopes, ConsumerIdentity identity, IReadOnlyCollection<(string Topic, int Partition)> partitions)
        where TContext : DbContext
    {
        using var scope = scopes.CreateScope();
        return DeadLetterTable.ReadUnresolved(
            scope.ServiceProvider.GetRequiredService<TContext>(), identity.Group, identity.Cluster, partitions);
    }

    private static Dictionary<string, long> FailedKeys<TContext>(IServiceScopeFactory scopes, ConsumerIdentity identity)
        where TContext : DbContext
    {
        using var scope = scopes.CreateScope();
        return DeadLetterTable.FailedKeysByTopic(scope.ServiceProvider.GetRequiredService<TContext>(), identity.Group, identity.Cluster);
    }

    /// <summary>No key of hearsay is parked: what an earlier version has stored of it would hold its keys for ever.</summary>
    private static void FreeHearsay<TContext>(
        IServiceScopeFactory scopes, ConsumerGroup group, TimeProvider time, IReadOnlyCollection<TopicPartition> partitions)
        where TContext : DbContext
    {
        var hearsay = partitions.Where(p => group.HearsayTopics.Contains(p.Topic)).Select(p => (p.Topic, p.Partition.Value)).ToArray();
        if (hearsay.Length > 0)
        {
            using var scope = scopes.CreateScope();
            DeadLetterTable.DiscardHearsay(scope.ServiceProvider.GetRequiredService<TContext>(), group.Name, hearsay, time.GetUtcNow());
        }
    }

    /// <summary>Where the group stands on partitions that this instance has just been given.</summary>
    /// <exception cref="ReplayedMeanwhileException">
    /// A replay was set since this instance read under which name Redis has its marks.
    /// </exception>
    private static IEnumerable<TopicPartitionOffset> Stored<TContext>(
        IServiceScopeFactory scopes, ConsumerGroup group, ConsumerIdentity identity, IReadOnlyCollection<TopicPartition> partitions)
        where TContext : DbContext
    {
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();

        // A replay waits until no instance is in the group, and this one wasn't in it yet. With the marks of
        // before it would pass over what is replayed.
        if (!GroupTable.HasStillReplays(database, group.Name, identity.Replays))
        {
            throw new ReplayedMeanwhileException(group.Name);
        }

        return group.OffsetsInDatabase
            ? OffsetTable.Positions(database, group.Name, identity.Cluster, partitions)
            : partitions.Select(partition => new TopicPartitionOffset(partition, Offset.Unset));
    }

    /// <summary>The log that the group is about to read: its cluster and, where its offsets are in its database, its topics.</summary>
    private static async Task<(string Cluster, IReadOnlyList<TopicLog> Topics)> LogAsync(
        KafkaSettings kafka, string? named, ConsumerGroup group, CancellationToken cancellationToken)
    {
        using var admin = KafkaAdmin.Open(kafka);
        var cluster = named ?? await ClusterId.ReadAsync(admin.Client, cancellationToken)
            ?? throw new InvalidOperationException(
                "The broker gives no cluster id: set Messaging:Cluster to a name that changes with its log.");
        return (cluster, group.OffsetsInDatabase ? await TopicLog.ReadAsync(admin.Client, group.Topics, cancellationToken) : []);
    }
}
