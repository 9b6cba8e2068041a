using System.CommandLine;
using EventDriven.Cli.Audit;
using EventDriven.Cli.Audit.Trail;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;

namespace EventDriven.Cli.Installation;

/// <summary>
/// <c>databases apply</c>: a job of a deployment, which makes what the services' connection strings name before the services start. Tables
/// are the services' own: each migrates its database as the role that owns it.
/// </summary>
internal static class DatabasesCommand
{
    private const string Administrator = "ConnectionStrings__postgres";

    public static Command Create(OperatorChanges changes) =>
        new("databases", "Makes the databases and roles that the services' connection strings name. Example: databases apply")
        {
            Apply(changes), JsonOutput.Option, StateFile.Option,
        };

    private static Command Apply(OperatorChanges changes)
    {
        var command = new Command(
            "apply",
            "Makes each database of ConnectionStrings__…db with the role and the password in it, which owns that database and may use "
            + $"nothing else, as the administrator in {Administrator}; the audit trail, too, where it is on the same server. Deletes "
            + "nothing. Can be repeated. Example: databases apply")
        {
            Confirmation.Yes, BecauseOption.Option,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var administrator = FindAdministrator(parsed);
            var databases = Databases.Find(parsed)
                .Select(database => DeclaredDatabase.Of(database, administrator))
                .ToList();
            var plan = new List<DatabaseChange>();
            foreach (var database in databases)
            {
                plan.Add(new DatabaseChange(database, await database.IsAsDeclaredAsync(cancellationToken)));
            }

            if (!parsed.IsJson())
            {
                DatabasesPrint.Plan(plan);
            }

            if (parsed.GetValue(Confirmation.Yes))
            {
                // First: without a trail no change can be recorded.
                await EnsureTrailAsync(administrator, cancellationToken);
            }

            var exitCode = ExitCode.Done;
            var isNeeded = plan.Exists(change => change.IsNeeded);
            if (isNeeded)
            {
                exitCode = await changes.RunAsync(
                    parsed,
                    ChangeTargets.Databases,
                    $"Make {plan.Count(change => change.IsNeeded)} database(s) and their roles?",
                    change => change.RunAsync(stopping => ApplyAsync(plan, administrator, stopping), cancellationToken),
                    cancellationToken);
            }

            if (parsed.IsJson())
            {
                JsonOutput.Write(DatabasesPrint.Json(plan, isApplied: isNeeded));
            }

            return exitCode;
        });
        return command.Writes<AppliedDatabasesJson>();
    }

    private static async Task ApplyAsync(
        IEnumerable<DatabaseChange> plan, string administrator, CancellationToken cancellationToken)
    {
        foreach (var change in plan.Where(change => change.IsNeeded))
        {
            await change.Database.Role.EnsureAsync(administrator, cancellationToken);
        }
    }

    /// <summary>Makes the audit trail if it is on this server, with the role and password that its connection string has.</summary>
    private static async Task EnsureTrailAsync(string administrator, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(AuditConnection.Variable) is not { Length: > 0 } given)
        {
            return;
        }

        var (trail, server) = (Parse(given, AuditConnection.Variable), Parse(administrator, Administrator));
        if ((trail.Host, trail.Port, trail.Username) == (server.Host, server.Port, AuditDatabase.Role)
            && trail is { Password: { Length: > 0 } password, Database: { Length: > 0 } database })
        {
            await new AuditDatabase(password, database).EnsureAsync(administrator, cancellationToken);
        }
    }

    private static string FindAdministrator(ParseResult parsed)
    {
        var found = Environment.GetEnvironmentVariable(Administrator) is { Length: > 0 } given ? given
            : StateFile.Find(parsed, "postgres")
            ?? throw new OperationFailedException(
                $"Databases and roles are made by an administrator of PostgreSQL: set {Administrator} to its connection string, "
                + "Host=…;Username=…;Password=…",
                ExitCode.Usage);
        return Parse(found, Administrator).ConnectionString;
    }

    // Npgsql's message may contain the password.
    private static NpgsqlConnectionStringBuilder Parse(string connectionString, string variable)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException exception)
        {
            throw new OperationFailedException(
                $"The connection string in {variable} is invalid. It has the form Host=…;Username=…;Password=…",
                ExitCode.Usage,
                exception);
        }
    }
}
