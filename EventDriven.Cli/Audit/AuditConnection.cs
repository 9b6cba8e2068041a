using System.Collections;
using System.CommandLine;
using EventDriven.Cli.Audit.Trail;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Audit;

/// <summary>
/// Where the audit trail is: in the connection string <c>auditdb</c>, else in the state file of the running application, if that is the one
/// that the command works on.
/// </summary>
internal static class AuditConnection
{
    public const string Variable = $"{Prefix}{AuditDatabase.Name}";

    private const string Prefix = "ConnectionStrings__";

    /// <summary>The trail.</summary>
    /// <exception cref="CommandFailedException">None is given, or its connection string is invalid.</exception>
    public static PostgresAuditTrail Find(ParseResult parsed)
    {
        var given = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : OfState(parsed);
        if (given is null)
        {
            throw new CommandFailedException(
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
            throw new CommandFailedException(
                $"The connection string of the audit trail is invalid. Set {Variable}: Host=…;Username={AuditDatabase.Role};Password=…;"
                + $"Database={AuditDatabase.Name}",
                ExitCode.Usage,
                exception);
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
            if (name.StartsWith("services__", StringComparison.Ordinal))
            {
                yield return (name, value);
            }
            else if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && (name.Equals(KafkaConnection.Variable, StringComparison.OrdinalIgnoreCase) || Databases.IsName(name[Prefix.Length..])))
            {
                yield return (name[Prefix.Length..], value);
            }
        }
    }
}
