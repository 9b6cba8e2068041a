using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.ControlRoom.Changes;

/// <summary>Stands for an audit trail that nobody has given: without one, nothing is changed.</summary>
internal sealed class MissingAuditTrail : IAuditTrail
{
    public Task<AuditEntry> AppendAsync(AuditRecord record, CancellationToken cancellationToken) =>
        Task.FromException<AuditEntry>(new OperationFailedException(
            $"no audit trail is given: set ConnectionStrings__{PostgresAuditTrail.ConnectionName}", ExitCode.Usage));
}
