namespace EventDriven.Messaging.Operations.Audit;

/// <summary>What a command tells of a change. The trail adds number, time and hashes.</summary>
/// <param name="ChangeId">The same in the entry before a change and in the one after it.</param>
/// <param name="Operator">User of the operating system.</param>
/// <param name="Host">Name of the machine.</param>
/// <param name="Command">The command line, without secrets.</param>
/// <param name="Reason">Why.</param>
/// <param name="Phase">One of <see cref="AuditPhase"/>.</param>
public sealed record AuditRecord(Guid ChangeId, string Operator, string Host, string Command, string Reason, string Phase)
{
    /// <summary>Subject of the token with which the command calls a service; null where it calls none.</summary>
    public string? Subject { get; init; }

    /// <summary>Why the change failed or was stopped; otherwise null.</summary>
    public string? Detail { get; init; }
}
