using Confluent.Kafka.Admin;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.Access;
using Spectre.Console;

namespace EventDriven.Cli.Acls;

/// <summary>Prints access rules for a person, as JSON, or as commands of Kafka.</summary>
internal static class AclsPrint
{
    /// <summary>A line a principal and resource.</summary>
    public static FittedTable Table(IEnumerable<AclRule> rules, TableRoom room)
    {
        var table = new FittedTable(room, new Column("Principal"), new Column("Resource"), new Column("Operations", ColumnKind.Text));
        foreach (var (of, operations) in Grouped(rules))
        {
            table.Add(of.Principal, Resource(of), string.Join(", ", operations));
        }

        return table;
    }

    /// <summary>Command lines of Kafka's own tool that allow the same, for its shell.</summary>
    public static IEnumerable<string> Commands(IEnumerable<AclRule> rules) => Grouped(rules).Select(rule =>
        $"kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config admin.properties --add --allow-principal {Quoted(rule.Of.Principal)}"
        + string.Concat(rule.Operations.Select(operation => $" --operation {operation}"))
        + rule.Of.Type switch
        {
            ResourceType.Topic => $" --topic {Quoted(rule.Of.Name)}",
            ResourceType.Group => $" --group {Quoted(rule.Of.Name)}",
            _ => " --cluster",
        }
        + (rule.Of.IsPrefix ? " --resource-pattern-type prefixed" : ""));

    /// <summary>The rules as JSON.</summary>
    public static IReadOnlyList<AclRuleJson> Json(IEnumerable<AclRule> rules) =>
        [.. rules.Select(rule => new AclRuleJson(rule.Principal, Type(rule), rule.Name, rule.IsPrefix, $"{rule.Operation}"))];

    /// <summary>Prints what a plan would change, for a person.</summary>
    public static void Plan(AclPlan plan, bool prunes, TableRoom room)
    {
        AnsiConsole.WriteLine($"{plan.Present.Count} access rule(s) are as declared, {plan.Missing.Count} are missing.");
        Rules(plan.Missing, room);
        if (plan.Superfluous.Count > 0)
        {
            AnsiConsole.WriteLine(
                $"{plan.Superfluous.Count} are superfluous: {(prunes ? "they are deleted." : "--prune deletes them, nothing else does.")}");
            Rules(plan.Superfluous, room);
        }
    }

    private static void Rules(IReadOnlyList<AclRule> rules, TableRoom room)
    {
        if (rules.Count > 0)
        {
            AnsiConsole.Write(Table(rules, room));
        }
    }

    private static IEnumerable<(AclRule Of, IReadOnlyList<AclOperation> Operations)> Grouped(IEnumerable<AclRule> rules) => rules
        .GroupBy(rule => rule with { Operation = AclOperation.Unknown })
        .Select(group => (group.Key, (IReadOnlyList<AclOperation>)[.. group.Select(rule => rule.Operation)]));

    private static string Resource(AclRule rule) => $"{Type(rule)} {rule.Name}{(rule.IsPrefix ? "*" : "")}";

    private static string Type(AclRule rule) => rule.Type switch
    {
        ResourceType.Topic => "topic",
        ResourceType.Group => "group",
        ResourceType.Broker => "cluster",
        _ => $"{rule.Type}".ToLowerInvariant(),
    };

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
