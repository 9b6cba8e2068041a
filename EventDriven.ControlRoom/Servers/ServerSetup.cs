using EventDriven.Identity;
using EventDriven.Messaging.Operations;
using EventDriven.ServiceDefaults.Authorization.ServiceTokens;

namespace EventDriven.ControlRoom.Servers;

/// <summary>Registers the servers that are looked at, where services and operator commands find them.</summary>
internal static class ServerSetup
{
    public static void AddServers(this WebApplicationBuilder builder)
    {
        var addresses = SystemAddresses.Of(builder.Configuration);
        builder.Services.AddOptions<ServerOptions>()
            .Configure(options => (options.Kafka, options.Databases) = (addresses.Kafka, addresses.Databases.Count))
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton(addresses);
        builder.Services.AddServiceTokens(Audiences.System, Scopes.OpsRead, Scopes.AnalyticsRead);
        builder.Services.AddSingleton<ServiceInstances>();
        builder.Services.AddSingleton<ServicePrograms>();
    }
}
