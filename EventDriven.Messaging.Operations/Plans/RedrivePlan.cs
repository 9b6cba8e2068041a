using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.DeadLetters;

namespace EventDriven.Messaging.Operations.Plans;

/// <summary>
/// A redrive, before it is made: the keys that a filter selects by their oldest dead letter. It uses the open databases until it is over.
/// </summary>
public sealed class RedrivePlan
{
    private readonly DeadLetterFilter _filter;
    private readonly IReadOnlyList<(DeadLetterAdmin Admin, IReadOnlyList<ChosenDeadLetters> Chosen)> _chosen;

    private RedrivePlan(
        DeadLetterFilter filter,
        IReadOnlyList<(DeadLetterAdmin Admin, IReadOnlyList<ChosenDeadLetters> Chosen)> chosen,
        long onOtherLogs)
    {
        (_filter, _chosen) = (filter, chosen);
        OnOtherLogs = onOtherLogs;
    }

    /// <summary>What would be redriven, by key: exactly these are, with those that join them meanwhile.</summary>
    public IReadOnlyList<ChosenDeadLetters> Chosen => [.. _chosen.SelectMany(database => database.Chosen)];

    /// <summary>How many dead letters match and can't be redriven, because their group no longer reads the log they stood on.</summary>
    public long OnOtherLogs { get; }

    /// <summary>Whether nothing would be redriven.</summary>
    public bool IsEmpty => Chosen.Count == 0;

    /// <summary>What would be done, for the question to an operator.</summary>
    public string Description => $"{ChosenDeadLetters.Describe(Chosen)} will be redriven, each key in order.";

    /// <summary>The command line that does the same, without the program's name.</summary>
    public string CommandLine => CommandText.Of(["dead-letters", "redrive", .. _filter.Options]);

    /// <summary>Reads what a filter selects. Changes nothing.</summary>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public static async Task<RedrivePlan> ReadAsync(
        ServiceDatabases databases, DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var chosen = new List<(DeadLetterAdmin Admin, IReadOnlyList<ChosenDeadLetters> Chosen)>();
        var onOtherLogs = 0L;
        foreach (var admin in await DeadLetterDatabases.ListAsync(databases, cancellationToken))
        {
            chosen.Add((admin, await admin.ChooseForRedriveAsync(filter, cancellationToken)));
            onOtherLogs += await admin.CountOnOtherLogsAsync(filter, cancellationToken);
        }

        return new RedrivePlan(filter, chosen, onOtherLogs);
    }

    /// <summary>
    /// Requests the redrive, and records that. The owners of the partitions apply it; <see cref="RedriveWait"/> waits for that.
    /// </summary>
    /// <returns>What was requested, one a database.</returns>
    /// <exception cref="ChangeNotRecordedException">The audit trail can't be written. Nothing was changed.</exception>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public Task<IReadOnlyList<RequestedRedrive>> RunAsync(OperatorChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.RunAsync(stopping => RequestAsync(change, stopping), _ => null, cancellationToken);
    }

    private async Task<IReadOnlyList<RequestedRedrive>> RequestAsync(OperatorChange change, CancellationToken cancellationToken)
    {
        var requested = new List<RequestedRedrive>();
        foreach (var (admin, chosen) in _chosen.Where(database => database.Chosen.Count > 0))
        {
            requested.Add(new RequestedRedrive(
                admin.Database, await admin.RedriveAsync(chosen, change.By, change.Time.GetUtcNow(), change.Id, cancellationToken)));
        }

        return requested;
    }
}
