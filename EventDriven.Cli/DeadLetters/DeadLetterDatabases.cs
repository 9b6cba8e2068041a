using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;
using Npgsql;

namespace EventDriven.Cli.DeadLetters;

/// <summary>The databases that have dead letters: those of services that consume.</summary>
internal static class DeadLetterDatabases
{
    public static async Task<IReadOnlyList<(DeadLetterAdmin Admin, NpgsqlConnection Database)>> ListAsync(
        ServiceDatabases databases, CancellationToken cancellationToken)
    {
        var found = new List<(DeadLetterAdmin Admin, NpgsqlConnection Database)>();
        foreach (var (_, connection) in databases.Open)
        {
            var admin = new DeadLetterAdmin(connection);
            if (await admin.ExistsAsync(cancellationToken))
            {
                found.Add((admin, connection));
            }
        }

        return found;
    }

    /// <summary>One dead letter of a group.</summary>
    /// <exception cref="CommandFailedException">It does not exist.</exception>
    public static async Task<(DeadLetter DeadLetter, DeadLetterAdmin Admin)> FindAsync(
        ServiceDatabases databases, string group, long id, CancellationToken cancellationToken)
    {
        foreach (var (admin, _) in await ListAsync(databases, cancellationToken))
        {
            if (await admin.FindAsync(id, cancellationToken) is { } found && found.Group == group)
            {
                return (found, admin);
            }
        }

        throw new CommandFailedException(
            $"Group '{group}' has no dead letter {id}. To list them: dead-letters list --group {group} --all.", ExitCode.Refused);
    }
}
