using Confluent.Kafka;
using EventDriven.Messaging.DeadLetters;
using EventDriven.Messaging.Groups;
using EventDriven.Messaging.Idempotency;
using EventDriven.Messaging.Receipts;
using EventDriven.Messaging.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Consumer;

/// <summary>Puts a consumer together.</summary>
internal static class ConsumerRegistration
{
    public static void AddConsumer<TContext>(this IServiceCollection services, ConsumerGroup group)
        where TContext : DbContext
    {
        foreach (var handler in group.Bindings.Values.Select(binding => binding.HandlerType).Distinct())
        {
            services.TryAddTransient(handler);
        }

        services.TryAddSingleton<HaltedGroups>();
        services.AddSingleton(group);
        services.AddSingleton<IHostedService>(provider =>
        {
            var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger($"EventDriven.Messaging.Consumer.{group.Name}");
            var time = provider.GetRequiredService<TimeProvider>();
            var started = time.GetUtcNow();
            var log = new KafkaLog(logger, time);
            return new ConsumerPump(
                group,
                cancellationToken => OpenAsync<TContext>(provider, group, started, logger, log, cancellationToken),
                Pause<TContext>(provider, group, logger),
                provider.GetRequiredService<IHostApplicationLifetime>(),
                time,
                logger);
        });
    }

    /// <summary>Where Kafka is.</summary>
    /// <exception cref="InvalidOperationException">The configuration doesn't say.</exception>
    public static string BootstrapServers(IServiceProvider provider) => provider.GetRequiredService<IConfiguration>().GetConnectionString("kafka")
        ?? throw new InvalidOperationException("Connection string 'kafka' is missing: set ConnectionStrings__kafka to host:port.");

    private static async Task<ConsumerSession> OpenAsync<TContext>(
        IServiceProvider provider, ConsumerGroup group, DateTimeOffset started, ILogger logger, KafkaLog log, CancellationToken cancellationToken)
        where TContext : DbContext
    {
        var bootstrapServers = BootstrapServers(provider);
        var options = provider.GetRequiredService<IOptions<MessagingOptions>>();
        var cluster = options.Value.Cluster ?? await ClusterIdAsync(bootstrapServers, cancellationToken);
        var replays = await RegisterAsync<TContext>(provider, group, cluster, started, cancellationToken);
        var identity = new ConsumerIdentity(group.Name, cluster, group.OffsetsInDatabase, replays);
        var scopes = provider.GetRequiredService<IServiceScopeFactory>();
        var metrics = provider.GetRequiredService<MessagingMetrics>();
        var time = provider.GetRequiredService<TimeProvider>();
        var size = new BatchSize(options.Value.BatchSize, group.Bindings.Values.Any(binding => !binding.TakesBatches));
        var valve = provider.GetRequiredService<HaltedGroups>().ValveOf(group.Name, () => new FailureValve(group.Name, options.Value, time, logger));
        var receipts = options.Value.Receipts ? new GroupReceipts(group.Name, provider.GetRequiredService<ReceiptQueue>(), time) : null;
        var transaction = new EventTransaction<TContext>(
            identity, options.Value.MaxParkedKeys, scopes, provider.GetRequiredService<DatabaseTime>(), time);
        var processor = new EventProcessor<TContext>(
            group,
            identity.Marks,
            transaction,
            provider.GetRequiredService<RedisLeases>(),
            new Redrive<TContext>(group, identity, transaction, scopes, receipts, metrics, time, options, logger),
            new Parking<TContext>(group, transaction, valve, receipts, metrics, time, options, logger),
            size,
            receipts,
            metrics,
            time,
            options,
            logger);
        var reminder = new BootstrapReminder(bootstrapServers, time);
        return new ConsumerSession(
            group,
            ConsumerClient.Builder(bootstrapServers, group, options.Value, log, reminder),
            processor.AttemptAsync,
            size,
            partitions => Stored<TContext>(scopes, group, identity, partitions),
            new DeadLetterWatch(
                partitions => Unresolved<TContext>(scopes, identity, partitions), TimeSpan.FromMilliseconds(options.Value.OperatorPollMs), time, logger),
            valve,
            reminder,
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
            TimeSpan.FromMilliseconds(provider.GetRequiredService<IOptions<MessagingOptions>>().Value.OperatorPollMs),
            provider.GetRequiredService<TimeProvider>(),
            logger);

        async Task<string?> PausedByAsync(bool isReading, CancellationToken cancellationToken)
        {
            await using var scope = provider.CreateAsyncScope();
            return await GroupRegistry.PausedByAsync(scope.ServiceProvider.GetRequiredService<TContext>(), group.Name, isReading, cancellationToken);
        }
    }

    private static async Task<int> RegisterAsync<TContext>(
        IServiceProvider provider, ConsumerGroup group, string cluster, DateTimeOffset started, CancellationToken cancellationToken)
        where TContext : DbContext
    {
        await using var scope = provider.CreateAsyncScope();
        var registered = new RegisteredConsumerGroup
        {
            Group = group.Name,
            Cluster = cluster,
            Topics = [.. group.Topics],
            OffsetsInDatabase = group.OffsetsInDatabase,
            InboxRetentionDays = provider.GetRequiredService<IOptions<MessagingOptions>>().Value.InboxRetentionDays,
            StartedAt = provider.GetRequiredService<TimeProvider>().GetUtcNow(),
        };
        return await GroupRegistry.RegisterAsync(scope.ServiceProvider.GetRequiredService<TContext>(), registered, group.Bindings.Keys, started, cancellationToken);
    }

    private static List<UnresolvedKey> Unresolved<TContext>(
        IServiceScopeFactory scopes, ConsumerIdentity identity, IReadOnlyCollection<(string Topic, int Partition)> partitions)
        where TContext : DbContext
    {
        using var scope = scopes.CreateScope();
        return DeadLetterTable.ReadUnresolved(scope.ServiceProvider.GetRequiredService<TContext>(), identity.Group, identity.Cluster, partitions);
    }

    /// <summary>Where the group stands on partitions that this instance has just been given.</summary>
    /// <exception cref="ReplayedMeanwhileException">A replay was set since this instance read under which name Redis has its marks.</exception>
    private static IEnumerable<TopicPartitionOffset> Stored<TContext>(
        IServiceScopeFactory scopes, ConsumerGroup group, ConsumerIdentity identity, IReadOnlyCollection<TopicPartition> partitions)
        where TContext : DbContext
    {
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();

        // A replay waits until no instance is in the group, and this one wasn't in it yet. With the marks of before it would pass over what is replayed.
        if (!GroupRegistry.HasStillReplays(database, group.Name, identity.Replays))
        {
            throw new ReplayedMeanwhileException(group.Name);
        }

        return group.OffsetsInDatabase
            ? ConsumerOffsets.Positions(database, group.Name, identity.Cluster, partitions)
            : partitions.Select(partition => new TopicPartitionOffset(partition, Offset.Unset));
    }

    private static async Task<string> ClusterIdAsync(string bootstrapServers, CancellationToken cancellationToken)
    {
        using var admin = GroupAdmin.Open(bootstrapServers);
        return await ClusterId.ReadAsync(admin.Client, cancellationToken)
            ?? throw new InvalidOperationException("The broker gives no cluster id: set Messaging:Cluster to a name that changes with its log.");
    }
}
