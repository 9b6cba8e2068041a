using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Messaging.Operations;

/// <summary>Where a system's servers and services are.</summary>
/// <param name="Databases">The services' databases, by name.</param>
/// <param name="Services">The instances of services that answer by HTTP, by name and without tokens.</param>
/// <param name="Kafka">Addresses of brokers, or settings of the client as <c>name=value;name=value</c>; null when they are missing.</param>
/// <param name="AuditTrail">Connection string of the audit trail; null when there is none.</param>
public sealed record SystemAddresses(
    IReadOnlyList<ServiceDatabase> Databases, IReadOnlyList<ServiceAddress> Services, string? Kafka, string? AuditTrail)
{
    private const string ServiceSection = "services";

    /// <summary>
    /// The addresses in a program's configuration, as services have them: the connection strings <c>kafka</c>, <c>auditdb</c> and those
    /// whose names end with <c>db</c>, and <c>services:NAME:http:0</c> of service discovery.
    /// </summary>
    /// <exception cref="OperationFailedException">A connection string or an address is invalid.</exception>
    public static SystemAddresses Of(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var strings = configuration.GetSection("ConnectionStrings").AsEnumerable(makePathsRelative: true)
            .Where(entry => entry.Value is { Length: > 0 })
            .ToDictionary(entry => entry.Key, entry => entry.Value!, StringComparer.OrdinalIgnoreCase);
        var services = configuration.GetSection(ServiceSection).AsEnumerable(makePathsRelative: true)
            .Where(entry => entry.Value is { Length: > 0 })
            .Select(entry => KeyValuePair.Create(
                $"{ServiceSection}__{entry.Key.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal)}", entry.Value!));
        return new SystemAddresses(
            ServiceDatabase.Of(strings),
            ServiceAddress.Of(services),
            strings.GetValueOrDefault("kafka"),
            strings.GetValueOrDefault(PostgresAuditTrail.ConnectionName));
    }
}
