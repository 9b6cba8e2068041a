using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Changes;

namespace EventDriven.ControlRoom.Changes;

/// <summary>Keeps what the audit trail says of a change, for the page that follows.</summary>
internal sealed class ChangeReport : IChangeReport
{
    /// <summary>Number of the entry of how it ended; null when there is none.</summary>
    public long? Entry { get; private set; }

    /// <summary>What the operator must see; null for nothing.</summary>
    public string? Problem { get; private set; }

    public void Recorded(AuditEntry ended) => Entry = ended.Sequence;

    public void NotRecorded(string message) => Problem = message;
}
