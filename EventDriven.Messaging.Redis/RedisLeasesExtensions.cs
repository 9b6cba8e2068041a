using EventDriven.Messaging;
using EventDriven.Messaging.Health;
using EventDriven.Messaging.Hosting;
using EventDriven.Messaging.Leases;
using EventDriven.Messaging.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

// The namespace of AddMessaging, so that it needs no using.
#pragma warning disable IDE0130
namespace Microsoft.Extensions.Hosting;
#pragma warning restore IDE0130

/// <summary>Adds leases in Redis to a service.</summary>
public static class RedisLeasesExtensions
{
    // Redis is a fast path here: a command that can't be answered soon fails, and the database answers instead.
    private const int TimeoutMs = 500;

    /// <summary>
    /// Keeps the leases of the service's groups in Redis, so that repeated events are usually recognized without the database.
    /// Without Redis the inbox alone decides, and every guarantee holds. It uses the container's
    /// <see cref="IConnectionMultiplexer"/>, or registers one that fails fast, and whose next connection uses a user name or password that
    /// has changed in configuration.
    /// </summary>
    /// <param name="builder">The result of <c>AddMessaging</c>.</param>
    /// <param name="connectionName">Name of the connection string, such as <c>redis</c>.</param>
    public static IMessagingBuilder UseRedisLeases(this IMessagingBuilder builder, string connectionName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionName);
        var services = builder.Services;
        if (services.All(service => service.ServiceType != typeof(IConnectionMultiplexer)))
        {
            services.AddSingleton<IStartCheck>(provider => new RedisCheck(provider.GetRequiredService<IConfiguration>(), connectionName));
            services.AddSingleton<IConnectionMultiplexer>(provider => ConnectionMultiplexer.Connect(Options(provider, connectionName)));
        }

        services.Replace(ServiceDescriptor.Singleton<IEventLeases, RedisLeases>());
        services.AddServerHealth<RedisHealth>("redis");
        return builder;
    }

    private static ConfigurationOptions Options(IServiceProvider provider, string connectionName)
    {
        var configuration = provider.GetRequiredService<IConfiguration>();
        var options = ConfigurationOptions.Parse(configuration.GetConnectionString(connectionName) ?? "");
        options.Defaults = new ConfiguredCredentials(configuration, connectionName, DefaultOptionsProvider.GetProvider(options.EndPoints));
        (options.User, options.Password) = (null, null);
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.AsyncTimeout = TimeoutMs;
        options.SyncTimeout = TimeoutMs;
        options.ConnectTimeout = 2 * TimeoutMs;
        options.LoggerFactory = provider.GetService<ILoggerFactory>();
        return options;
    }
}
