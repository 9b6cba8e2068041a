using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Storage.DeadLetters;
using Npgsql;

namespace EventDriven.Cli.DeadLetters;

/// <summary>Reads what has become of one service's dead letters that were marked for a redrive.</summary>
internal sealed class RedriveOutcomeReader(NpgsqlConnection database, IReadOnlyList<MarkedDeadLetter> marked)
{
    private readonly DeadLetterAdmin _desk = new(database);
    private readonly Dictionary<long, int> _attempts = marked.ToDictionary(letter => letter.Id, letter => letter.Attempts);

    /// <summary>How many were marked.</summary>
    public int Count => marked.Count;

    /// <summary>As they are now; one that is gone was resolved long enough ago to be forgotten.</summary>
    public Task<IReadOnlyList<DeadLetter>> ReadAsync(CancellationToken cancellationToken) => _desk.FindAllAsync(_attempts.Keys, cancellationToken);

    /// <summary>What the groups of this service have last said.</summary>
    public Task<IReadOnlyDictionary<string, GroupActivity>> ActivityAsync(CancellationToken cancellationToken) => new GroupAdmin(database).ActivityAsync(cancellationToken);

    /// <summary>Whether it was tried since it was marked, and is parked again. By its attempts, because clocks differ.</summary>
    public bool HasFailedAgain(DeadLetter letter) => letter.State == DeadLetterState.Parked && letter.Attempts > _attempts[letter.Id];
}
