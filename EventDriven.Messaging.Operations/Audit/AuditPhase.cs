namespace EventDriven.Messaging.Operations.Audit;

/// <summary>When an entry was written.</summary>
public static class AuditPhase
{
    /// <summary>Before the change begins.</summary>
    public const string Started = "started";

    /// <summary>After the change, which succeeded.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>After the change, which failed. A part of it may have been made.</summary>
    public const string Failed = "failed";

    /// <summary>After the change, which was stopped by Ctrl+C for example. A part of it may have been made.</summary>
    public const string Stopped = "stopped";
}
