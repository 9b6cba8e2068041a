namespace EventDriven.Cli.Audit;

/// <summary>An entry of the audit trail.</summary>
/// <param name="Entry">Its number.</param>
/// <param name="Change">Ties the entries of a change.</param>
/// <param name="Time">When it was written, by the database's clock.</param>
/// <param name="Operator">Who.</param>
/// <param name="Subject">Subject of the token with which a service was called.</param>
/// <param name="Host">Name of the machine.</param>
/// <param name="Address">Network address as the database saw it.</param>
/// <param name="Command">The command line, without secrets.</param>
/// <param name="Reason">Why.</param>
/// <param name="Phase">started, succeeded, failed or stopped.</param>
/// <param name="Detail">Why the change failed or was stopped.</param>
/// <param name="PreviousHash">Hash of the entry before, in hexadecimal digits.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record AuditEntryJson(
    long Entry,
    Guid Change,
    DateTimeOffset Time,
    string Operator,
    string? Subject,
    string Host,
    string? Address,
    string Command,
    string Reason,
    string Phase,
    string? Detail,
    string PreviousHash,
    string Hash);
