using Spectre.Console;

namespace EventDriven.Cli.Installation;

/// <summary>Prints databases for a person or as JSON, without passwords.</summary>
internal static class DatabasesPrint
{
    /// <summary>Prints what is done about each database, for a person.</summary>
    public static void Plan(IReadOnlyList<DatabaseChange> plan)
    {
        foreach (var change in plan)
        {
            var (role, name) = (change.Database.Role.Name, change.Database.Role.Database);
            AnsiConsole.MarkupLineInterpolated(
                $"{name}: {(change.IsAsDeclared ? $"as declared, owned by {role}" : $"make it and the role {role}, which owns it")}");
        }
    }

    public static AppliedDatabasesJson Json(IReadOnlyList<DatabaseChange> plan, bool isApplied) => new(
        [.. plan.Select(change => new DatabaseChangeJson(
            change.Database.Role.Database, change.Database.Role.Name, change.IsAsDeclared))],
        isApplied);
}
