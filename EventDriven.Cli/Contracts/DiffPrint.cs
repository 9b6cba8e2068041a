using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Cli.Tables;
using EventDriven.Schemas;

namespace EventDriven.Cli.Contracts;

/// <summary>Prints the differences of schemas for a person or as JSON.</summary>
internal static class DiffPrint
{
    public static void Print(SchemaDiff diff, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(new JsonObject
            {
                ["compatible"] = diff.IsCompatible,
                ["backward"] = diff.IsBackward,
                ["forward"] = diff.IsForward,
                ["differences"] = JsonOutput.Array(diff.Differences, Json),
            });
            return;
        }

        foreach (var found in diff.Differences)
        {
            Block(found);
        }

        Console.WriteLine(Verdict(diff));
    }

    private static void Block(SchemaBreak found)
    {
        var difference = found.Difference;
        Console.WriteLine($"{difference.Rule} {PrintableText.Lines(difference.Path)}");
        Console.WriteLine($"  since   {found.Earlier}");
        Console.WriteLine($"  old     {PrintableText.Lines(difference.Old ?? "-")}");
        Console.WriteLine($"  new     {PrintableText.Lines(difference.Updated ?? "-")}");
        Console.WriteLine($"  breaks  {Breaks(difference)}");
        Console.WriteLine($"  {PrintableText.Lines(difference.Message)}");
        Console.WriteLine();
    }

    private static string Breaks(SchemaDifference difference) => difference switch
    {
        { BreaksBackward: true, BreaksForward: true } => "backward and forward",
        { BreaksBackward: true } => "backward",
        { BreaksForward: true } => "forward",
        _ => "nothing",
    };

    private static string Verdict(SchemaDiff diff) =>
        $"{(diff.IsCompatible ? "Compatible" : "Incompatible")} ({diff.Mode}). "
        + $"Backward: {(diff.IsBackward ? "yes" : "no")}. Forward: {(diff.IsForward ? "yes" : "no")}.";

    private static JsonObject Json(SchemaBreak found) => new JsonObject
    {
        ["earlier"] = found.Earlier,
        ["rule"] = found.Difference.Rule,
        ["path"] = found.Difference.Path,
        ["old"] = Fragment(found.Difference.Old),
        ["new"] = Fragment(found.Difference.Updated),
        ["breaksBackward"] = found.Difference.BreaksBackward,
        ["breaksForward"] = found.Difference.BreaksForward,
        ["message"] = found.Difference.Message,
    };

    private static JsonNode? Fragment(string? json) => json is null
        ? null
        : JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = SchemaDocument.MaximumJsonDepth });
}
