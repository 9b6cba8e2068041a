using Microsoft.Extensions.Configuration;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace EventDriven.Messaging.Redis;

/// <summary>
/// User and password as the connection string has them now, so that the next connection uses changed ones. The client asks its provider of
/// defaults each time it connects, and reads a connection string only once.
/// </summary>
/// <param name="configuration">Has the connection string.</param>
/// <param name="connectionName">Its name.</param>
/// <param name="server">The defaults for this kind of server, such as Azure's.</param>
internal sealed class ConfiguredCredentials(IConfiguration configuration, string connectionName, DefaultOptionsProvider server)
    : DefaultOptionsProvider
{
    public override string? User => Current.User;

    public override string? Password => Current.Password;

    public override Version DefaultVersion => server.DefaultVersion;

    public override RedisProtocol? Protocol => server.Protocol;

    public override string ConfigurationChannel => server.ConfigurationChannel;

    public override MaintenanceNotificationMode MaintenanceNotifications => server.MaintenanceNotifications;

    private ConfigurationOptions Current => ConfigurationOptions.Parse(configuration.GetConnectionString(connectionName) ?? "");

    public override Task AfterConnectAsync(ConnectionMultiplexer multiplexer, Action<string> log) =>
        server.AfterConnectAsync(multiplexer, log);

    public override bool GetDefaultSsl(EndPointCollection endPoints) => server.GetDefaultSsl(endPoints);
}
