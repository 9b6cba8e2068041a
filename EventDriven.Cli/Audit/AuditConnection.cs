using System.Collections;
using System.CommandLine;
using EventDriven.Cli.Audit.Trail;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;

namespace EventDriven.Cli.Audit;

/// <summary>
/// Where the audit trail is: in the connection string <c>auditdb</c>, else in the state file of the running application, if that is the one
/// that the command works on.
/// </summary>
internal static class AuditConnection
{
    public const string Variable = $"{Prefix}{AuditDatabase.Name}";

    private const string Prefix = "ConnectionStrings__";
    private const string ServicePrefix = "services__";

    /// <summary>The trail.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="targets">What will be changed.</param>
    /// <exception cref="OperationFailedException">
    /// None is given, its connection string is invalid, or it is that of another system than the one that will be changed.
    /// </exception>
    public static PostgresAuditTrail Find(ParseResult parsed, ChangeTargets targets = ChangeTargets.None)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } set)
        {
            return Open(OfState(parsed));
        }

        var trail = Open(set);
        if (StateFile.Find(parsed, AuditDatabase.Name) is { } own && IsTakenFromState(parsed, targets) && !IsSame(set, own))
        {
            throw new OperationFailedException(
                $"{Variable} is the audit trail of another system than the local application, which this command would change. Unset it to "
                + "change the local application; or set the addresses of the other system, too.",
                ExitCode.Usage);
        }

        return trail;
    }

    private static PostgresAuditTrail Open(string? given)
    {
        if (given is null)
        {
            throw new OperationFailedException(
                $"No audit trail is given, in which every change is recorded. Set {Variable} to its connection string. "
                + $"{OperatorCommands.Name} audit script prints the SQL that makes one.",
                ExitCode.Usage);
        }

        try
        {
            return new PostgresAuditTrail(given);
        }
        catch (ArgumentException exception)
        {
            // Npgsql's message may contain the password.
            throw new OperationFailedException(
                $"The connection string of the audit trail is invalid. Set {Variable}: Host=…;Username={AuditDatabase.Role};Password=…;"
                + $"Database={AuditDatabase.Name}",
                ExitCode.Usage,
                exception);
        }
    }

    // Whether the command finds one of its targets by the state file alone.
    private static bool IsTakenFromState(ParseResult parsed, ChangeTargets targets)
    {
        var names = Given(parsed).Select(address => address.Name).ToList();
        return (targets.HasFlag(ChangeTargets.Kafka) && !names.Contains("kafka", StringComparer.OrdinalIgnoreCase))
            || (targets.HasFlag(ChangeTargets.Databases) && !names.Exists(ServiceDatabase.IsName))
            || (targets.HasFlag(ChangeTargets.Services)
                && !names.Exists(name => name.StartsWith(ServicePrefix, StringComparison.Ordinal)));
    }

    private static bool IsSame(string one, string other)
    {
        try
        {
            var (a, b) = (new NpgsqlConnectionStringBuilder(one), new NpgsqlConnectionStringBuilder(other));
            return (a.Host, a.Port, a.Database) == (b.Host, b.Port, b.Database);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // A change of one system must not be recorded in the trail of another.
    private static string? OfState(ParseResult parsed)
    {
        var state = StateFile.Read(parsed);
        return Given(parsed).All(address => state.GetValueOrDefault(address.Name) == address.Value)
            ? state.GetValueOrDefault(AuditDatabase.Name)
            : null;
    }

    private static IEnumerable<(string Name, string Value)> Given(ParseResult parsed)
    {
        if (parsed.GetValue(KafkaConnection.Option) is { } kafka)
        {
            yield return ("kafka", kafka);
        }

        foreach (var (name, value) in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => (Name: (string)variable.Key, Value: (string?)variable.Value ?? ""))
            .Where(variable => variable.Value.Length > 0))
        {
            if (name.StartsWith(ServicePrefix, StringComparison.Ordinal))
            {
                yield return (name, value);
            }
            else if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && (name.Equals(KafkaConnection.Variable, StringComparison.OrdinalIgnoreCase)
                    || ServiceDatabase.IsName(name[Prefix.Length..])))
            {
                yield return (name[Prefix.Length..], value);
            }
        }
    }
}
