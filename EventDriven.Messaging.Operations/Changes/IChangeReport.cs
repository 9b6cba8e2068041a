using EventDriven.Messaging.Operations.Audit;

namespace EventDriven.Messaging.Operations.Changes;

/// <summary>Is told what the audit trail says of a change.</summary>
public interface IChangeReport
{
    /// <summary>The entry of how the change ended is written. Its hash is worth noting elsewhere.</summary>
    void Recorded(AuditEntry ended);

    /// <summary>The change ended, and the trail can't be written. The operator must see this message.</summary>
    void NotRecorded(string message);
}
