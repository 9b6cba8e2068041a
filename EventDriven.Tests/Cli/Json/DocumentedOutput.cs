using System.Text.Json;
using EventDriven.Cli;
using EventDriven.Cli.Reference;
using Json.Schema;

namespace EventDriven.Tests.Cli.Json;

/// <summary>Holds what a command has written with <c>--json</c> against its schema in docs/cli.json.</summary>
internal static class DocumentedOutput
{
    /// <summary>Every command, by name.</summary>
    public static IReadOnlyList<string> Commands { get; } =
        [.. CommandReference.Commands(OperatorCommands.Create(Asked.Nobody)).Select(found => found.Path)];

    /// <summary>Requires that an output is as documented.</summary>
    /// <param name="command">The command, such as <c>dead-letters list</c>.</param>
    /// <param name="said">All that it wrote to standard output.</param>
    public static void Check(string command, string said)
    {
        var output = CommandOutput.Of(
            CommandReference.Commands(OperatorCommands.Create(Asked.Nobody)).Single(found => found.Path == command).Command)!;
        var json = OutputSchema.Of(command, output);
        json.Remove("$id");
        var schema = JsonSchema.FromText(json.ToJsonString());
        var documents = output.IsLines ? said.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [said];
        Assert.NotEmpty(documents);
        foreach (var document in documents)
        {
            using var parsed = JsonDocument.Parse(document);
            var result = schema.Evaluate(
                parsed.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
            Assert.True(
                result.IsValid,
                $"{command} wrote what is not documented: {document}{Environment.NewLine}"
                + string.Join(
                    Environment.NewLine,
                    (result.Details ?? []).Where(detail => detail.Errors is not null)
                        .Select(detail => $"{detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}")));
        }
    }
}
