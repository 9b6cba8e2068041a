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
            JsonOutput.Write(new SchemaDiffJson(
                diff.IsCompatible, diff.IsBackward, diff.IsForward, [.. diff.Differences.Select(Json)]));
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

    private static SchemaDifferenceJson Json(SchemaBreak found) => new(
        found.Earlier,
        found.Difference.Rule,
        found.Difference.Path,
        Fragment(found.Difference.Old),
        Fragment(found.Difference.Updated),
        found.Difference.BreaksBackward,
        found.Difference.BreaksForward,
        found.Difference.Message);

    private static JsonNode? Fragment(string? json) => json is null
        ? null
        : JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = SchemaDocument.MaximumJsonDepth });
}
