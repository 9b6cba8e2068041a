using System.Diagnostics;
using EventDriven.Messaging.Operations.Audit;

namespace EventDriven.Messaging.Operations.Programs;

/// <summary>The environment variables of a service's program.</summary>
public static class ProgramEnvironment
{
    /// <summary>
    /// Gives a program environment variables beside those of this one, but never the connection string of the audit trail, which is the
    /// operators' alone.
    /// </summary>
    /// <param name="start">The program's start.</param>
    /// <param name="environment">Environment variables by name.</param>
    public static void Give(ProcessStartInfo start, IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(environment);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        // In whatever letters, and also with a prefix such as DOTNET_: the configuration of .NET would find it.
        foreach (var name in start.Environment.Keys.Where(IsOfTrail).ToList())
        {
            start.Environment.Remove(name);
        }
    }

    private static bool IsOfTrail(string name) =>
        name.EndsWith($"ConnectionStrings__{PostgresAuditTrail.ConnectionName}", StringComparison.OrdinalIgnoreCase);
}
