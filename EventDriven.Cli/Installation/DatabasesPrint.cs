using System.Text.Json.Nodes;
using Spectre.Console;

namespace EventDriven.Cli.Installation;

/// <summary>Prints databases for a person or as JSON, without passwords.</summary>
internal static class DatabasesPrint
{
    /// <summary>Prints what is done about each database.</summary>
    public static void Plan(IReadOnlyList<DatabaseChange> plan, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(JsonOutput.Array(plan, change => new JsonObject
            {
                ["database"] = change.Database.Role.Database,
                ["role"] = change.Database.Role.Name,
                ["asDeclared"] = change.IsAsDeclared,
            }));
            return;
        }

        foreach (var change in plan)
        {
            var (role, name) = (change.Database.Role.Name, change.Database.Role.Database);
            AnsiConsole.MarkupLineInterpolated(
                $"{name}: {(change.IsAsDeclared ? $"as declared, owned by {role}" : $"make it and the role {role}, which owns it")}");
        }
    }
}
