using EventDriven.Identity;
using EventDriven.Messaging.Operations;
using EventDriven.ServiceDefaults.Authorization.ServiceTokens;

namespace EventDriven.ControlRoom.Servers;

/// <summary>Registers the servers that are looked at.</summary>
internal static class ServerSetup
{
    public static void AddServers(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ServerAddresses>()
            .Configure<IConfiguration>((addresses, configuration) => addresses.Read(configuration))
            .Validate(addresses => addresses.Kafka.Length > 0, "Kafka is missing: set ConnectionStrings__kafka as the services have it.")
            .Validate(
                addresses => addresses.Databases.Count > 0,
                "The services' databases are missing: set ConnectionStrings__inventorydb and so on, as the services have them.")
            .ValidateOnStart();
        builder.Services.AddServiceTokens(Audiences.System, Scopes.OpsRead, Scopes.AnalyticsRead);
        builder.Services.AddSingleton<ServiceInstances>();
        builder.Services.AddSingleton<ServicePrograms>();
        builder.Services.AddSingleton(SystemAddresses.Of(builder.Configuration));
    }
}
