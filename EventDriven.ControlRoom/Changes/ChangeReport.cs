using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Changes;

namespace EventDriven.ControlRoom.Changes;

/// <summary>Keeps what the operator must see of the audit trail.</summary>
internal sealed class ChangeReport : IChangeReport
{
    /// <summary>Why the trail does not say how the change ended; null when it does.</summary>
    public string? Problem { get; private set; }

    public void Recorded(AuditEntry ended)
    {
        // The trail has it, and the page shows the trail.
    }

    public void NotRecorded(string message) => Problem = message;
}
