namespace EventDriven.Cli.Audit.Trail;

/// <summary>The operators' audit trail, to which entries can only be added.</summary>
internal interface IAuditTrail
{
    /// <summary>Adds an entry. It is durable when this returns.</summary>
    /// <returns>The entry.</returns>
    /// <exception cref="Npgsql.NpgsqlException">It can't be written.</exception>
    Task<AuditEntry> AppendAsync(AuditRecord record, CancellationToken cancellationToken);
}
