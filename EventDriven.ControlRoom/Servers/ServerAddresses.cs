using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Services;

namespace EventDriven.ControlRoom.Servers;

/// <summary>
/// Where everything is that is looked at, as the services and the operator commands find it: connection strings, and the addresses of
/// service discovery.
/// </summary>
internal sealed class ServerAddresses
{
    private const string Database = "db";
    private const string Audit = "auditdb";

    /// <summary>Addresses of brokers, or settings of the client as <c>name=value;name=value</c>; empty if it is missing.</summary>
    public string Kafka { get; private set; } = "";

    /// <summary>The services' databases: every connection string whose name ends with <c>db</c>, but for the audit trail's.</summary>
    public IReadOnlyList<ServiceDatabase> Databases { get; private set; } = [];

    /// <summary>The services' instances, without tokens.</summary>
    public IReadOnlyList<ServiceAddress> Services { get; private set; } = [];

    public void Read(IConfiguration configuration)
    {
        Kafka = configuration.GetConnectionString("kafka") ?? "";
        Databases =
        [
            .. from entry in configuration.GetSection("ConnectionStrings").GetChildren()
               where entry.Key.EndsWith(Database, StringComparison.OrdinalIgnoreCase)
                   && !entry.Key.Equals(Audit, StringComparison.OrdinalIgnoreCase) && entry.Value is { Length: > 0 }
               orderby entry.Key
               select new ServiceDatabase(entry.Key, entry.Value!),
        ];
        Services =
        [
            .. from service in configuration.GetSection("services").GetChildren()
               from scheme in service.GetChildren()
               where scheme.Key is "http" or "https"
               from address in scheme.GetChildren()
               where address.Value is { Length: > 0 }
               orderby service.Key, address.Key
               let number = address.Key == "0" ? "" : $"-{address.Key}"
               group new ServiceAddress($"{service.Key}{number}", new Uri(address.Value!, UriKind.Absolute)) by service.Key + number
               into instance
               select instance.First(),
        ];
    }
}
