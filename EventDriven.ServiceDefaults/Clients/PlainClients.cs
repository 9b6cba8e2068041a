#if !ASPIRE
using Confluent.Kafka;
using EventDriven.Messaging.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace EventDriven.ServiceDefaults.Clients;

/// <summary>The clients, registered as Aspire's integrations would, for a build without the Aspire packages. Its twin is <c>AspireClients.cs</c>.</summary>
internal static class PlainClients
{
    /// <summary>Registers the pooled context. Retries stay off: a consumer's transaction is retried as a whole, by its lane.</summary>
    public static void AddDatabaseClient<TContext>(this IHostApplicationBuilder builder, string name)
        where TContext : DbContext
    {
        var connectionString = DatabaseDefaults.Apply(Required(builder, name, atDesignTime: "Host=localhost"));
        builder.Services.AddDbContextPool<TContext>(options => options.UseNpgsql(connectionString).UseSnakeCaseNamingConvention());
    }

    /// <summary>Registers the <c>IConnectionMultiplexer</c>.</summary>
    public static void AddRedisClientFor(this IHostApplicationBuilder builder, string name)
    {
        var options = ConfigurationOptions.Parse(Required(builder, name, atDesignTime: "localhost"));
        RedisDefaults.Apply(options);
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(options));
    }

    /// <summary>Registers the idempotent producer.</summary>
    public static void AddKafkaProducerFor(this IHostApplicationBuilder builder, string name)
    {
        var config = new ProducerConfig { BootstrapServers = Required(builder, name, atDesignTime: "localhost") };
        OutboxProducer.Configure(config);
        builder.Services.AddSingleton(provider =>
        {
            var producer = new ProducerBuilder<byte[], byte[]>(config);
            OutboxProducer.Configure(provider, producer);
            return producer.SetLogHandler(OutboxProducer.Logger(provider)).Build();
        });
    }

    // The tool that writes migrations starts the program as far as Build(), and reaches no server.
    private static string Required(IHostApplicationBuilder builder, string name, string atDesignTime) =>
        builder.Configuration.GetConnectionString(name) is { Length: > 0 } value
            ? value
            : EF.IsDesignTime ? atDesignTime : throw new InvalidOperationException(
                $"Connection string '{name}' is missing: start the service through the AppHost, or set ConnectionStrings__{name}.");
}
#endif
