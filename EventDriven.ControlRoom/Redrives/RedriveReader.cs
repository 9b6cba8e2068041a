using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.DeadLetters.Progress;

namespace EventDriven.ControlRoom.Redrives;

/// <summary>Reads how far the redrives of a change are, from the services' databases: a restart of anything loses nothing.</summary>
internal sealed class RedriveReader(SystemAddresses addresses)
{
    /// <summary>One for each group; none when the change redrives nothing, or does so no longer.</summary>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public async Task<IReadOnlyList<RedriveProgress>> FindAsync(Guid change, CancellationToken cancellationToken)
    {
        await using var databases = await ServiceDatabases.OpenAsync(addresses.Databases, cancellationToken);
        return await RedriveProgressReader.FindAsync(databases, change, cancellationToken);
    }
}
