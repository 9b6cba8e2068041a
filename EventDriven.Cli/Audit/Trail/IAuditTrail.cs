namespace EventDriven.Cli.Audit.Trail;

/// <summary>The operators' audit trail, to which entries can only be added.</summary>
internal interface IAuditTrail
{
    /// <summary>Adds an entry. It is durable when this returns.</summary>
    /// <exception cref="Npgsql.NpgsqlException">It can't be written.</exception>
    Task AppendAsync(AuditRecord record, CancellationToken cancellationToken);
}
