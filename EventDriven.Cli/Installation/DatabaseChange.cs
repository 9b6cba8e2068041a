namespace EventDriven.Cli.Installation;

/// <summary>What has to be done about a declared database.</summary>
/// <param name="Database">The database.</param>
/// <param name="IsAsDeclared">Whether it is there, and its role's own.</param>
internal sealed record DatabaseChange(DeclaredDatabase Database, bool IsAsDeclared)
{
    /// <summary>Whether it is made, or set right.</summary>
    public bool IsNeeded => !IsAsDeclared;
}
