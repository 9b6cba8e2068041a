using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Programs;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.ControlRoom.Servers;

/// <summary>
/// The services' own programs, which have the handlers that a rehearsal and a rebuild need. They stand beside this program in a local run;
/// in a deployment of containers there are none.
/// </summary>
internal sealed class ServicePrograms(SystemAddresses addresses, IConfiguration configuration)
{
    private const string Prefix = "ConnectionStrings__";

    /// <summary>
    /// Path of a service's program: that of <c>ControlRoom:Programs:NAME</c>, else the one that is built beside this one.
    /// </summary>
    /// <exception cref="OperationFailedException">There is none.</exception>
    public string Find(string service) => ServiceProgram.Find(configuration[$"ControlRoom:Programs:{service}"], service);

    /// <summary>Whether there is one.</summary>
    public bool Has(string service)
    {
        try
        {
            Find(service);
            return true;
        }
        catch (OperationFailedException)
        {
            return false;
        }
    }

    /// <summary>The environment variables by which a program finds its servers, beside those of this one.</summary>
    public IReadOnlyDictionary<string, string> Environment()
    {
        var given = addresses.Databases.ToDictionary(
            database => $"{Prefix}{database.Name}", database => database.ConnectionString, StringComparer.OrdinalIgnoreCase);
        given[$"{Prefix}kafka"] = addresses.Kafka!;

        // The program requires an address, but its tasks never use it.
        given[$"{Prefix}redis"] = configuration.GetConnectionString("redis") ?? "localhost:1";

        // Only logs that an operator must see.
        given["Logging__LogLevel__Default"] = "Warning";

        // The keys of these pages are not for services.
        given["ControlRoom__DevelopmentKey"] = "";
        return given;
    }
}
