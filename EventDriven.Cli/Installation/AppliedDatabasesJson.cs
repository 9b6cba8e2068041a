namespace EventDriven.Cli.Installation;

/// <summary>What was made of the services' databases.</summary>
/// <param name="Changes">One for each declared database.</param>
/// <param name="Applied">Whether there was anything to make, and it was made.</param>
internal sealed record AppliedDatabasesJson(IReadOnlyList<DatabaseChangeJson> Changes, bool Applied);
