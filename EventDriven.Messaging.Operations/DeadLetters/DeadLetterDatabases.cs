using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>The dead letters of several databases: those of the services that consume.</summary>
public static class DeadLetterDatabases
{
    /// <summary>One for each database that has dead letters.</summary>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public static async Task<IReadOnlyList<DeadLetterAdmin>> ListAsync(ServiceDatabases databases, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(databases);
        var found = new List<DeadLetterAdmin>();
        foreach (var (_, connection) in databases.Open)
        {
            var admin = new DeadLetterAdmin(connection);
            if (await admin.ExistsAsync(cancellationToken))
            {
                found.Add(admin);
            }
        }

        return found;
    }

    /// <summary>One dead letter of a group, and what inspects it.</summary>
    /// <exception cref="OperationFailedException">It does not exist.</exception>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public static async Task<(DeadLetter DeadLetter, DeadLetterAdmin Admin)> FindAsync(
        ServiceDatabases databases, string group, long id, CancellationToken cancellationToken)
    {
        foreach (var admin in await ListAsync(databases, cancellationToken))
        {
            if (await admin.FindAsync(id, cancellationToken) is { } found && found.Group == group)
            {
                return (found, admin);
            }
        }

        throw new OperationFailedException(
            $"Group '{group}' has no dead letter {id}. To list them: dead-letters list --group {group} --all.", ExitCode.Refused);
    }
}
