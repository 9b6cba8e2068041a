namespace EventDriven.Cli.Audit;

/// <summary>The SQL of the audit trail.</summary>
/// <param name="Sql">For psql, as an administrator of the server.</param>
internal sealed record AuditScriptJson(string Sql);
