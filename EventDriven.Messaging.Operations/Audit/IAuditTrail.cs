namespace EventDriven.Messaging.Operations.Audit;

/// <summary>The operators' audit trail, to which entries can only be added.</summary>
public interface IAuditTrail
{
    /// <summary>Adds an entry. It is durable when this returns.</summary>
    /// <returns>The entry.</returns>
    /// <exception cref="Npgsql.NpgsqlException">It can't be written.</exception>
    Task<AuditEntry> AppendAsync(AuditRecord record, CancellationToken cancellationToken);
}
