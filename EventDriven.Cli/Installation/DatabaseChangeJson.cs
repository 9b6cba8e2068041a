namespace EventDriven.Cli.Installation;

/// <summary>A database that a service's connection string names.</summary>
/// <param name="Database">Its name.</param>
/// <param name="Role">The role that owns it.</param>
/// <param name="AsDeclared">Whether it was so before.</param>
internal sealed record DatabaseChangeJson(string Database, string Role, bool AsDeclared);
