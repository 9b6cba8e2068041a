using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Messaging.Kafka;

/// <summary>Where Kafka is.</summary>
internal static class BootstrapServers
{
    /// <summary>As the service's configuration says.</summary>
    /// <exception cref="InvalidOperationException">It doesn't say.</exception>
    public static string Of(IServiceProvider provider) => provider.GetRequiredService<IConfiguration>().GetConnectionString("kafka")
        ?? throw new InvalidOperationException("Connection string 'kafka' is missing: set ConnectionStrings__kafka to host:port.");
}
