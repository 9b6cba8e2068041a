using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Audit;

/// <summary>Tells on standard error what the audit trail says of a change.</summary>
internal sealed class ErrorOutputReport : IChangeReport
{
    public void Recorded(AuditEntry ended) =>
        ErrorOutput.Note($"Recorded as entry {ended.Sequence}, head {AuditHash.Text(ended.Hash)}");

    public void NotRecorded(string message) => ErrorOutput.Error(message, ExitCode.OutcomeNotRecorded);
}
