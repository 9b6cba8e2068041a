using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Audit;

namespace EventDriven.ControlRoom.Changes;

/// <summary>Reads from the audit trail what was changed before, by these pages and by commands.</summary>
internal sealed class AuditedChanges(SystemAddresses addresses)
{
    private const int EntriesRead = 200;
    private const int ChangesShown = 10;
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(3);

    /// <summary>The newest changes by some commands, newest first; null when the trail does not answer.</summary>
    /// <param name="commands">The commands, such as <c>replay</c>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<RecordedChange>?> NewestAsync(
        IReadOnlyCollection<string> commands, CancellationToken cancellationToken) =>
        await ReadAsync((trail, bound) => trail.NewestAsync(since: null, EntriesRead, bound), cancellationToken) is { } entries
            ? [.. Changes(entries.Where(entry => commands.Contains(entry.Record.Command.Split(' ')[0]))).Take(ChangesShown)]
            : null;

    /// <summary>One change, or none; null when the trail does not answer.</summary>
    /// <param name="id">The change.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<RecordedChange>?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await ReadAsync((trail, bound) => trail.OfChangeAsync(id, bound), cancellationToken) is { } entries ? [.. Changes(entries)] : null;

    /// <summary>Puts the entries of each change together.</summary>
    /// <param name="entries">Newest first.</param>
    internal static IEnumerable<RecordedChange> Changes(IEnumerable<AuditEntry> entries) =>
        from entry in entries
        group entry by entry.Record.ChangeId
        into change
        let last = change.First().Record
        let first = change.Last()
        select new RecordedChange(
            change.Key, first.Time, last.Operator, last.Command, last.Reason, last.Phase, last.Detail);

    private async Task<List<AuditEntry>?> ReadAsync(
        Func<AuditReader, CancellationToken, IAsyncEnumerable<AuditEntry>> read, CancellationToken cancellationToken)
    {
        if (addresses.AuditTrail is not { } trail)
        {
            return null;
        }

        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(ReadTimeout);
        try
        {
            var entries = new List<AuditEntry>();
            await foreach (var entry in read(new AuditReader(new PostgresAuditTrail(trail)), bound.Token))
            {
                entries.Add(entry);
            }

            return entries;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The page has more to show than what was changed before, and says that this is missing.
            return null;
        }
    }
}
