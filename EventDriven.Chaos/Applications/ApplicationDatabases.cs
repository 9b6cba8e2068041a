using EventDriven.Chaos.Evidence;
using EventDriven.Messaging.Operations.Databases;

namespace EventDriven.Chaos.Applications;

/// <summary>Finds the databases of an application.</summary>
internal static class ApplicationDatabases
{
    /// <summary>The services' databases.</summary>
    public static async Task<IReadOnlyList<ServiceDatabase>> DatabasesAsync(
        this IApplication application, CancellationToken cancellationToken)
    {
        var found = await EvidenceReader.ConnectionStringsAsync(name => application.ConnectionStringAsync(name, cancellationToken));
        return [.. EvidenceReader.Databases.Select(name => new ServiceDatabase(name, found[name]))];
    }
}
