using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Processes;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Hosting.Redis;

/// <summary>Adds Redis to an application model.</summary>
public static class RedisServerExtensions
{
    /// <summary>
    /// Adds Redis: the server in the connection string <paramref name="name"/> or, without one, a container or a process, as
    /// <see cref="ServerHost"/> decides. As a process, it gives services a user that may use these keys alone, and no command that
    /// administers the server.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the server, and of its connection string.</param>
    /// <param name="keys">Patterns of the keys that services use, such as <c>inbox:*</c>; without any, all keys.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddRedisServer(
        this IDistributedApplicationBuilder builder, string name, params IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(keys);
        if (builder.Configuration.GetConnectionString(name) is { Length: > 0 })
        {
            return builder.AddConnectionString(name);
        }

        var host = ServerHost.Of(builder);
        if (builder.ExecutionContext.IsPublishMode)
        {
            return host.Exists(name) ? builder.AddConnectionString(name) : PublishedRedis.Add(builder, name);
        }

        if (host.Placement == ServerPlacement.Processes)
        {
            return ServerProcess.Add(builder, new RedisProcess(name, host.Data, keys));
        }

        // Without TLS, like the process.
#pragma warning disable ASPIRECERTIFICATES001 // Experimental, and the only way to say so.
        var container = builder.AddRedis(name, port: null, password: builder.AddKeptPassword(name)).WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
        return host.IsEphemeral ? container : container.WithDataVolume(host.Data.VolumeName(name));
    }

    /// <summary>
    /// Lets a service use Redis. In a published application with Redis as a container, the service has a user of its own, who may use the
    /// leases of the service's own consumer group and these keys alone, and no command that administers the server.
    /// </summary>
    /// <param name="service">The service, whose consumer group has its name.</param>
    /// <param name="redis">The server.</param>
    /// <param name="keys">Patterns of the keys that the service uses beside its leases, such as <c>checkout:idempotency:*</c>.</param>
    public static IResourceBuilder<ProjectResource> WithRedis(
        this IResourceBuilder<ProjectResource> service,
        IResourceBuilder<IResourceWithConnectionString> redis,
        params IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(redis);
        ArgumentNullException.ThrowIfNull(keys);
        return redis is IResourceBuilder<RedisResource> container && service.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? PublishedRedis.AddUser(service, container, keys)
            : service.WithReference(redis);
    }
}
