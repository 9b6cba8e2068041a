using System.Security.Claims;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Changes;

namespace EventDriven.ControlRoom.Changes;

/// <summary>The only way in which pages change something: every change is recorded, as those of the commands are. Reads them again, too.</summary>
internal sealed class RecordedChanges(IAuditTrail trail, IConfiguration configuration, TimeProvider time)
{
    private const int EntriesRead = 200;
    private const int ChangesShown = 10;
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(3);

    private readonly SecretMask _mask = SecretMask.Of(
        configuration.AsEnumerable().Select(setting => KeyValuePair.Create(setting.Key, setting.Value ?? "")));

    /// <summary>Who is signed in, as the trail names the one who makes a change.</summary>
    public static OperatorIdentity IdentityOf(ClaimsPrincipal user) =>
        new(user.Identity?.Name ?? "operator", Environment.MachineName) { Subject = user.Identity?.Name };

    /// <summary>A change to be made and recorded.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="command">The plan's own command line.</param>
    /// <param name="reason">Why.</param>
    /// <param name="report">Is told when the trail can't be written.</param>
    public OperatorChange New(OperatorIdentity by, string command, string reason, IChangeReport report) =>
        new(trail, new ChangeRequest(by, command, reason), _mask, report, time);

    /// <summary>The newest changes by some commands, newest first; null when the trail does not answer.</summary>
    /// <param name="commands">The commands, such as <c>replay</c>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<RecordedChange>?> NewestAsync(IReadOnlyCollection<string> commands, CancellationToken cancellationToken)
    {
        if (trail is not PostgresAuditTrail stored)
        {
            return null;
        }

        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(ReadTimeout);
        try
        {
            var entries = new List<AuditEntry>();
            await foreach (var entry in new AuditReader(stored).NewestAsync(since: null, EntriesRead, bound.Token))
            {
                entries.Add(entry);
            }

            return [.. Changes(entries.Where(entry => commands.Contains(entry.Record.Command.Split(' ')[0]))).Take(ChangesShown)];
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The page has more to show than what was changed before.
            return null;
        }
    }

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
}
