#if ASPIRE
using EventDriven.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace EventDriven.ServiceDefaults.Clients;

/// <summary>The clients, through Aspire's integrations. Its twin without Aspire is <c>PlainClients.cs</c>.</summary>
internal static class AspireClients
{
    /// <summary>Registers the pooled context. Retries stay off: a consumer's transaction is retried as a whole, by its lane.</summary>
    public static void AddDatabaseClient<TContext>(this IHostApplicationBuilder builder, string name)
        where TContext : DbContext =>
        builder.AddNpgsqlDbContext<TContext>(
            name,
            settings =>
            {
                settings.DisableRetry = true;
                settings.DisableHealthChecks = true;
                settings.ConnectionString = settings.ConnectionString is { } given ? DatabaseDefaults.Apply(given) : null;
            },
            options => options.UseSnakeCaseNamingConvention());

    /// <summary>Registers the <c>IConnectionMultiplexer</c>.</summary>
    public static void AddRedisClientFor(this IHostApplicationBuilder builder, string name) =>
        builder.AddRedisClient(name, settings => settings.DisableHealthChecks = true, RedisDefaults.Apply);

    /// <summary>Registers the idempotent producer.</summary>
    public static void AddKafkaProducerFor(this IHostApplicationBuilder builder, string name) =>
        builder.AddKafkaProducer<byte[], byte[]>(
            name,
            settings =>
            {
                settings.DisableHealthChecks = true;
                OutboxProducer.Configure(settings.Config);
            },
            OutboxProducer.Configure);
}
#endif
