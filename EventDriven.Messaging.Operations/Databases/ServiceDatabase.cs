using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;

namespace EventDriven.Messaging.Operations.Databases;

/// <summary>Where a service's database is.</summary>
/// <param name="Name">Name of its connection string, such as <c>inventorydb</c>.</param>
/// <param name="ConnectionString">The connection string.</param>
public sealed record ServiceDatabase(string Name, string ConnectionString)
{
    /// <summary>
    /// Whether a connection string of this name is that of a service's database: every name that ends with <c>db</c>, but for that of the
    /// audit trail.
    /// </summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith("db", StringComparison.OrdinalIgnoreCase)
            && !name.Equals(PostgresAuditTrail.ConnectionName, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The services' databases among connection strings, by name.</summary>
    /// <param name="connectionStrings">Connection strings by name.</param>
    /// <exception cref="OperationFailedException">One is invalid.</exception>
    public static IReadOnlyList<ServiceDatabase> Of(IEnumerable<KeyValuePair<string, string>> connectionStrings)
    {
        var found = connectionStrings.Where(entry => IsName(entry.Key))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new ServiceDatabase(entry.Key, entry.Value))
            .ToList();
        found.ForEach(Check);
        return found;
    }

    // Npgsql's message may contain the password.
    private static void Check(ServiceDatabase database)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        }
        catch (ArgumentException exception)
        {
            throw new OperationFailedException(
                $"The connection string of {database.Name} is invalid. "
                + $"Set ConnectionStrings__{database.Name} as the service has it: Host=…;Username=…;Password=…;Database=…",
                ExitCode.Usage,
                exception);
        }
    }
}
