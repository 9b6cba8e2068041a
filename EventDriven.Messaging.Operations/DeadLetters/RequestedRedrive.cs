using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Storage.DeadLetters;
using Npgsql;

namespace EventDriven.Messaging.Operations.DeadLetters;

/// <summary>A redrive that was requested in one service's database.</summary>
/// <param name="database">An open connection to the database.</param>
/// <param name="marked">
/// The dead letters, from
/// <see cref="DeadLetterAdmin.RedriveAsync(IEnumerable{ChosenDeadLetters}, string, DateTimeOffset, CancellationToken)"/>.
/// </param>
public sealed class RequestedRedrive(NpgsqlConnection database, IReadOnlyList<MarkedDeadLetter> marked)
{
    private readonly DeadLetterAdmin _deadLetters = new(database);
    private readonly Dictionary<long, int> _attempts = marked.ToDictionary(deadLetter => deadLetter.Id, deadLetter => deadLetter.Attempts);

    /// <summary>How many dead letters were marked.</summary>
    public int Count => marked.Count;

    /// <summary>
    /// The marked dead letters in their present state. Those that are missing were resolved, and deleted after their retention.
    /// </summary>
    internal Task<IReadOnlyList<DeadLetter>> ReadAsync(CancellationToken cancellationToken) =>
        _deadLetters.FindAllAsync(_attempts.Keys, cancellationToken);

    internal async Task<GroupActivity> ActivityAsync(string group, CancellationToken cancellationToken) =>
        (await new GroupAdmin(database).ActivityAsync(cancellationToken)).GetValueOrDefault(group) ?? GroupActivity.None;

    /// <summary>Whether a dead letter was tried since it was marked, and is parked again. Attempts tell, because clocks differ.</summary>
    internal bool HasFailedAgain(DeadLetter deadLetter) =>
        deadLetter.State == DeadLetterState.Parked && deadLetter.Attempts > _attempts[deadLetter.Id];
}
