using System.Globalization;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.Messaging.Operations.Plans;

/// <summary>
/// The discarding of dead letters, before it is made: one by its number, or each that matches a filter. It uses the open databases until it
/// is over.
/// </summary>
public sealed class DiscardPlan
{
    private readonly IReadOnlyList<(DeadLetterAdmin Admin, IReadOnlyList<ChosenDeadLetters> Chosen)> _chosen;
    private readonly DeadLetter? _only;

    private DiscardPlan(
        IReadOnlyList<(DeadLetterAdmin Admin, IReadOnlyList<ChosenDeadLetters> Chosen)> chosen,
        DeadLetter? only,
        string description,
        IEnumerable<string> options)
    {
        (_chosen, _only) = (chosen, only);
        Description = description;
        CommandLine = CommandText.Of(["dead-letters", "discard", .. options]);
    }

    /// <summary>What would be discarded, by key: exactly these are.</summary>
    public IReadOnlyList<ChosenDeadLetters> Chosen => [.. _chosen.SelectMany(database => database.Chosen)];

    /// <summary>How many dead letters would be discarded.</summary>
    public int Count => Chosen.Sum(chosen => chosen.Count);

    /// <summary>What would be done, for the question to an operator.</summary>
    public string Description { get; }

    /// <summary>The command line that does the same, without the program's name.</summary>
    public string CommandLine { get; }

    /// <summary>Reads what a filter selects. Changes nothing.</summary>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public static async Task<DiscardPlan> ReadAsync(
        ServiceDatabases databases, DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var chosen = new List<(DeadLetterAdmin Admin, IReadOnlyList<ChosenDeadLetters> Chosen)>();
        foreach (var admin in await DeadLetterDatabases.ListAsync(databases, cancellationToken))
        {
            chosen.Add((admin, await admin.ChooseForDiscardAsync(filter, cancellationToken)));
        }

        var described = ChosenDeadLetters.Describe(chosen.SelectMany(database => database.Chosen));
        return new DiscardPlan(
            chosen,
            only: null,
            $"{described} will be discarded: their effects will never happen.",
            filter == new DeadLetterFilter(filter.Group) ? [.. filter.Options, "--all"] : filter.Options);
    }

    /// <summary>Reads one dead letter. Changes nothing.</summary>
    /// <exception cref="OperationFailedException">The group has none of this number, or it is resolved.</exception>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public static async Task<DiscardPlan> ReadAsync(
        ServiceDatabases databases, string group, long id, CancellationToken cancellationToken)
    {
        var (deadLetter, admin) = await DeadLetterDatabases.FindAsync(databases, group, id, cancellationToken);
        if (deadLetter.State is DeadLetterState.Redriven or DeadLetterState.Discarded)
        {
            throw Resolved(deadLetter);
        }

        return new DiscardPlan(
            [(admin, [new ChosenDeadLetters(group, deadLetter.Key is not null, [id], 1)])],
            deadLetter,
            $"Dead letter {id} of {group} will be discarded: its effect will never happen.",
            [id.ToString(CultureInfo.InvariantCulture), "--group", group]);
    }

    /// <summary>Discards them, with the change's reason, and records that.</summary>
    /// <returns>How many were discarded. Those that were resolved meanwhile stay as they are.</returns>
    /// <exception cref="OperationFailedException">The only one was resolved meanwhile.</exception>
    /// <exception cref="ChangeNotRecordedException">The audit trail can't be written. Nothing was changed.</exception>
    /// <exception cref="Npgsql.NpgsqlException">A database no longer answers, or refuses.</exception>
    public Task<int> RunAsync(OperatorChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.RunAsync(stopping => DiscardAsync(change, stopping), _ => null, cancellationToken);
    }

    private static OperationFailedException Resolved(DeadLetter deadLetter) => new(
        $"Dead letter {deadLetter.Id} was {deadLetter.State.ToString().ToLowerInvariant()} already, by {deadLetter.ChangedBy} on "
        + $"{deadLetter.ChangedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}"
        + $"{(deadLetter.Note is { } note ? $" ({note})" : "")}. Nothing was changed.",
        ExitCode.Refused);

    private async Task<int> DiscardAsync(OperatorChange change, CancellationToken cancellationToken)
    {
        var discarded = 0;
        foreach (var (admin, chosen) in _chosen)
        {
            discarded += await admin.DiscardAsync(
                [.. chosen.SelectMany(c => c.Ids)], change.Reason, change.By, change.Time.GetUtcNow(), cancellationToken);
        }

        // Somebody else has resolved it meanwhile.
        return discarded == 0 && _only is { } only
            ? throw Resolved(await _chosen[0].Admin.FindAsync(only.Id, cancellationToken) ?? only)
            : discarded;
    }
}
