using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;
using Npgsql;

namespace EventDriven.Cli.DeadLetters;

/// <summary>The databases that have dead letters at all: those of services that consume.</summary>
internal static class DeadLetterDesks
{
    public static async Task<IReadOnlyList<(DeadLetterAdmin Desk, NpgsqlConnection Database)>> OfAsync(
        OpenDatabases databases, CancellationToken cancellationToken)
    {
        var desks = new List<(DeadLetterAdmin Desk, NpgsqlConnection Database)>();
        foreach (var (_, connection) in databases.All)
        {
            var desk = new DeadLetterAdmin(connection);
            if (await desk.ExistsAsync(cancellationToken))
            {
                desks.Add((desk, connection));
            }
        }

        return desks;
    }

    /// <summary>One dead letter of a group.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public static async Task<(DeadLetter Letter, DeadLetterAdmin Desk)> FindAsync(
        OpenDatabases databases, string group, long id, CancellationToken cancellationToken)
    {
        foreach (var (desk, _) in await OfAsync(databases, cancellationToken))
        {
            if (await desk.FindAsync(id, cancellationToken) is { } found && found.Group == group)
            {
                return (found, desk);
            }
        }

        throw new CommandFailedException($"Group '{group}' has no dead letter {id}; dead-letters list --group {group} --all shows what there is.", ExitCode.Refused);
    }
}
