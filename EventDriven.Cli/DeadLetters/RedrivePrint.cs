using System.Text.Json;
using System.Text.Json.Nodes;
using EventDriven.Cli.Tables;
using Spectre.Console;

namespace EventDriven.Cli.DeadLetters;

/// <summary>What came of a redrive, for a person or as JSON.</summary>
internal static class RedrivePrint
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Outcome(int count, RedriveOutcome outcome, bool asJson, TableRoom room)
    {
        if (asJson)
        {
            Console.WriteLine(Json(count, outcome).ToJsonString(Indented));
            return;
        }

        AnsiConsole.WriteLine(Summary(outcome));
        if (outcome.Failed.Count > 0)
        {
            AnsiConsole.Write(DeadLetterPrint.Table(outcome.Failed, room));
            AnsiConsole.WriteLine("Their keys are parked again: repair the cause, and redrive them; or discard them.");
        }

        foreach (var (group, waiting, why) in outcome.Waiting)
        {
            AnsiConsole.WriteLine($"{group}: {waiting} still to be applied; {PrintableText.OneLine(why)}.");
        }
    }

    public static string Summary(RedriveOutcome outcome) => string.Join(", ", new[]
    {
        $"{outcome.Applied} applied",
        $"{outcome.Failed.Count} failed again",
        outcome.Behind > 0 ? $"{outcome.Behind} parked behind" : null,
        outcome.Discarded > 0 ? $"{outcome.Discarded} discarded meanwhile" : null,
        outcome.Waiting.Count > 0 ? $"{outcome.Waiting.Sum(waiting => waiting.Count)} still to be applied" : null,
    }.OfType<string>()) + ".";

    private static JsonObject Json(int count, RedriveOutcome outcome) => new()
    {
        ["redriving"] = count,
        ["applied"] = outcome.Applied,
        ["failed"] = new JsonArray([.. outcome.Failed.Select(DeadLetterPrint.Json)]),
        ["behind"] = outcome.Behind,
        ["discarded"] = outcome.Discarded,
        ["waiting"] = new JsonArray([.. outcome.Waiting.Select(waiting => new JsonObject
        {
            ["group"] = waiting.Group,
            ["count"] = waiting.Count,
            ["why"] = waiting.Why,
        })]),
    };
}
