using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Outbox;
using EventDriven.Messaging.Storage.Groups;
using Npgsql;

namespace EventDriven.Messaging.Operations.Status;

/// <summary>The content of a service's database, while its connection is open.</summary>
internal sealed class DatabaseReading : IAsyncDisposable
{
    // A server that neither answers nor refuses must not hide the others.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private DatabaseReading(string name) => Name = name;

    /// <summary>Name of its connection string.</summary>
    public string Name { get; }

    /// <summary>Why it could not be read; null when it was read.</summary>
    public string? Error { get; private init; }

    /// <summary>The database; null when it could not be read.</summary>
    public OpenDatabase? Open { get; private init; }

    public IReadOnlyList<RegisteredGroup> Groups { get; private init; } = [];

    /// <summary>By group.</summary>
    public IReadOnlyDictionary<string, GroupActivity> Activity { get; private init; } = new Dictionary<string, GroupActivity>();

    /// <summary>By group; groups without parked keys are left out.</summary>
    public IReadOnlyDictionary<string, ParkedCount> Parked { get; private init; } = new Dictionary<string, ParkedCount>();

    /// <summary>The events in its outbox; null when it has no outbox.</summary>
    public OutboxBacklog? Outbox { get; private init; }

    /// <summary>Reads a database in bounded time. Its failure is part of the result.</summary>
    public static async Task<DatabaseReading> ReadAsync(ServiceDatabase database, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        OpenDatabase? open = null;
        try
        {
            (open, var error) = await OpenDatabase.TryOpenAsync(database, timeout.Token);
            return open is null
                ? new DatabaseReading(database.Name) { Error = $"does not answer: {error}" }
                : await ReadAsync(open, timeout.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is NpgsqlException or OperationCanceledException)
        {
            await (open?.DisposeAsync() ?? ValueTask.CompletedTask);
            return new DatabaseReading(database.Name) { Error = Describe(exception) };
        }
    }

    public ValueTask DisposeAsync() => Open?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<DatabaseReading> ReadAsync(OpenDatabase open, CancellationToken cancellationToken)
    {
        var (groups, outbox) = (new GroupAdmin(open.Connection), new OutboxAdmin(open.Connection));
        var consumes = await groups.ExistsAsync(cancellationToken);
        return new DatabaseReading(open.Name)
        {
            Open = open,
            Groups = consumes ? await groups.ListAsync(cancellationToken) : [],
            Activity = consumes ? await groups.ActivityAsync(cancellationToken) : new Dictionary<string, GroupActivity>(),
            Parked = consumes
                ? await new DeadLetterAdmin(open.Connection).CountParkedAsync(cancellationToken)
                : new Dictionary<string, ParkedCount>(),
            Outbox = await outbox.ExistsAsync(cancellationToken) ? await outbox.MeasureAsync(cancellationToken) : null,
        };
    }

    private static string Describe(Exception exception) => exception switch
    {
        OperationCanceledException => $"does not answer within {Timeout.TotalSeconds} s",
        PostgresException refused => $"refuses: {refused.MessageText}. Was the newest version of the service started, which migrates it?",
        _ => $"does not answer: {exception.Message}",
    };
}
