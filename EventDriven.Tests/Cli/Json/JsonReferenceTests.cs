using System.Text.Json.Nodes;
using EventDriven.Cli;
using EventDriven.Cli.Acls;
using EventDriven.Cli.Installation;
using EventDriven.Cli.Reference;
using EventDriven.Cli.Running;
using EventDriven.Messaging.Contracts.Commands.Json;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Tests.Gate;

namespace EventDriven.Tests.Cli.Json;

/// <summary>docs/cli.md and docs/cli.json are those of the code, and say everything of every command.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class JsonReferenceTests
{
    private static readonly string[] Units = ["Ms", "Milliseconds", "Minutes", "Hours", "Days"];

    /// <summary>
    /// What the commands write that only run in a whole application, in a repository or as an administrator of Kafka. Application tests
    /// hold rehearsals and rebuilds to the same.
    /// </summary>
    private static readonly Dictionary<string, string[]> Written = new(StringComparer.Ordinal)
    {
        ["acls apply"] = [JsonOutput.ToLine(new AppliedAclsJson([new("User:a", "topic", "a.v1", false, "Read")], [], 1, 0))],
        ["databases apply"] =
            [JsonOutput.ToLine(new AppliedDatabasesJson([new("inventorydb", "inventory", AsDeclared: false)], Applied: true))],
        ["contracts new-major"] = [JsonOutput.ToLine(new NewMajorJson(["Orders/V2/OrderPlaced.cs"], "Write the rest."))],
        ["rebuild"] =
        [
            new TaskProgress("reading", 1, 2, 3.5, null).ToJson(),
            new RebuildRefusal("analytics", Rows, 3, ["orders.v1[0]@1..2"]).ToJson(),
            new TaskFailure("No.", 1).ToJson(),
            new RebuildResult("analytics", 1, 2, 3, Rows, 0, [], ["a note"], 1.5, 0.25, 0.012).ToJson(),
        ],
        ["rehearse"] =
        [
            new TaskProgress("rehearsing", 1, 2, 3.5, 0.5).ToJson(),
            new RehearsalResult(
                "inventory", 1, 0, 0, 0, 1, new Dictionary<string, RowChanges> { ["stock"] = new(1, 2, 3) },
                new Dictionary<string, long> { ["a.b.c.v1"] = 1 }, new Dictionary<string, long> { ["mail"] = 1 },
                [new RehearsalFailure("System.FormatException", 1, "a", "orders.v1[0]@1", "no")], 0.5).ToJson(),
        ],
        ["run"] =
        [
            JsonOutput.ToLine<RunLine>(new StartedConsumerJson("Fraud.Worker", "frauddb")),
            JsonOutput.ToLine<RunLine>(new EndedConsumerJson("Fraud.Worker", 0)),
        ],
    };

    private static Dictionary<string, TableRows> Rows => new(StringComparer.Ordinal) { ["orders"] = new(5, 6) };

    public static TheoryData<string> Samples => [.. Written.Keys];

    [Fact]
    public void The_documents_are_up_to_date()
    {
        var root = OperatorCommands.Create(Asked.Nobody);

        Assert.True(CommandReference.Document(root) == Read("cli.md"), "Run ./eventdriven reference.");
        Assert.True(CommandReference.Schemas(root) == Read("cli.json"), "Run ./eventdriven reference.");
    }

    [Fact]
    public void Each_command_takes_json_and_says_what_it_writes() => Assert.All(
        CommandReference.Commands(OperatorCommands.Create(Asked.Nobody)),
        found =>
        {
            Assert.True(CommandOutput.Of(found.Command) is not null, $"{found.Path} does not say what it writes: Writes<T>().");
            Assert.DoesNotContain(
                OperatorCommands.Create(Asked.Nobody).Parse([.. found.Path.Split(' '), "--json"]).Errors,
                error => error.Message.Contains("--json", StringComparison.Ordinal));
        });

    [Fact]
    public void Each_command_is_held_to_it_by_a_test() => Assert.Equal(
        DocumentedOutput.Commands,
        JsonCommandTests.Run.Concat(ContractsCommandTests.Json).Concat(Written.Keys).Append("contracts diff")
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_is_written_elsewhere_is_as_documented(string command) =>
        DocumentedOutput.Check(command, string.Join('\n', Written[command]));

    [Fact]
    public void Each_field_says_what_it_is_and_no_duration_has_another_unit_than_seconds() => Assert.All(
        CommandReference.Commands(OperatorCommands.Create(Asked.Nobody)),
        found => Assert.All(Fields(OutputSchema.Of(found.Path, CommandOutput.Of(found.Command)!)), field =>
        {
            Assert.True(
                field.Name == "kind" || field.Schema["description"] is not null, $"{found.Path}: '{field.Name}' has no description.");
            Assert.DoesNotContain(Units, unit => field.Name.EndsWith(unit, StringComparison.Ordinal));
        }));

    private static IEnumerable<(string Name, JsonNode Schema)> Fields(JsonNode schema) => schema switch
    {
        JsonObject node =>
            (node["properties"] as JsonObject ?? []).Select(property => (property.Key, property.Value!))
            .Concat(node.SelectMany(child => child.Value is null ? [] : Fields(child.Value))),
        JsonArray array => array.SelectMany(item => item is null ? [] : Fields(item)),
        _ => [],
    };

    private static string Read(string name) =>
        File.ReadAllText(Path.Combine(Repository.Root, "docs", name)).ReplaceLineEndings("\n");
}
