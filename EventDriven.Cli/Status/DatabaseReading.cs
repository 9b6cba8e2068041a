using EventDriven.Cli.Servers;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Outbox;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Cli.Status;

/// <summary>What a service's database tells, while its connection is open.</summary>
internal sealed class DatabaseReading : IAsyncDisposable
{
    // A server that neither answers nor refuses must not keep the others from being shown.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(3);

    private DatabaseReading(string name) => Name = name;

    /// <summary>Name of its connection string.</summary>
    public string Name { get; }

    /// <summary>Why it tells nothing; null when it does.</summary>
    public string? Error { get; private init; }

    /// <summary>Open when there is no error.</summary>
    public NpgsqlConnection? Connection { get; private init; }

    public IReadOnlyList<RegisteredGroup> Groups { get; private init; } = [];

    /// <summary>By group.</summary>
    public IReadOnlyDictionary<string, GroupActivity> Activity { get; private init; } = new Dictionary<string, GroupActivity>();

    /// <summary>Parked keys and the events that wait with them, by group; groups without any are left out.</summary>
    public IReadOnlyDictionary<string, (long Keys, long Records)> Parked { get; private init; } = new Dictionary<string, (long, long)>();

    /// <summary>What waits in its outbox; null when it has none.</summary>
    public (long Pending, DateTimeOffset? OldestAt)? Outbox { get; private init; }

    /// <summary>Reads a database within a bounded time, whatever is wrong with it.</summary>
    public static async Task<DatabaseReading> ReadAsync((string Name, string ConnectionString) database, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Bound);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await Databases.OpenAsync(database, bound.Token);
            return await ReadAsync(database.Name, connection, bound.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is CommandFailedException or NpgsqlException or OperationCanceledException)
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
            return new DatabaseReading(database.Name) { Error = Why(exception) };
        }
    }

    public ValueTask DisposeAsync() => Connection?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<DatabaseReading> ReadAsync(string name, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (groups, outbox) = (new GroupAdmin(connection), new OutboxAdmin(connection));
        var consumes = await groups.ExistsAsync(cancellationToken);
        return new DatabaseReading(name)
        {
            Connection = connection,
            Groups = consumes ? await groups.ListAsync(cancellationToken) : [],
            Activity = consumes ? await groups.ActivityAsync(cancellationToken) : new Dictionary<string, GroupActivity>(),
            Parked = consumes ? await new DeadLetterAdmin(connection).ParkedAsync(cancellationToken) : new Dictionary<string, (long, long)>(),
            Outbox = await outbox.ExistsAsync(cancellationToken) ? await outbox.MeasureAsync(cancellationToken) : null,
        };
    }

    private static string Why(Exception exception) => exception switch
    {
        CommandFailedException { InnerException: { } cause } => $"does not answer: {cause.Message}",
        OperationCanceledException => $"does not answer within {Bound.TotalSeconds} s",
        PostgresException refused => $"refuses: {refused.MessageText}; is the service's newest version started, which migrates it?",
        _ => $"does not answer: {exception.Message}",
    };
}
