using EventDriven.Cli.Tables;
using EventDriven.Messaging.Operations.DeadLetters;
using Spectre.Console;

namespace EventDriven.Cli.DeadLetters;

/// <summary>Prints the outcome of a redrive for a person or as JSON.</summary>
internal static class RedrivePrint
{
    public static void Requested(int count, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(new RedriveJson(count, Outcome: null));
            return;
        }

        AnsiConsole.WriteLine(
            $"{count} redriving. The owners of their partitions apply them. To follow: {OperatorCommands.Name} dead-letters list.");
    }

    public static void Outcome(int count, RedriveOutcome outcome, bool asJson, TableRoom room)
    {
        if (asJson)
        {
            JsonOutput.Write(Json(count, outcome));
            return;
        }

        AnsiConsole.WriteLine(Summary(outcome));
        if (outcome.Failed.Count > 0)
        {
            AnsiConsole.Write(DeadLetterPrint.Table(outcome.Failed, room));
            AnsiConsole.WriteLine("Their keys are parked again. Repair the cause and redrive them, or discard them.");
        }

        foreach (var (group, pending, reason) in outcome.Pending)
        {
            AnsiConsole.WriteLine($"{group}: {pending} not tried yet, because: {PrintableText.OneLine(reason)}.");
        }
    }

    public static string Summary(RedriveOutcome outcome) => string.Join(", ", new[]
    {
        $"{outcome.Applied} applied",
        $"{outcome.Failed.Count} failed again",
        outcome.Blocked > 0 ? $"{outcome.Blocked} blocked" : null,
        outcome.Discarded > 0 ? $"{outcome.Discarded} discarded meanwhile" : null,
        outcome.Pending.Count > 0 ? $"{outcome.Pending.Sum(pending => pending.Count)} not tried yet" : null,
    }.OfType<string>()) + ".";

    private static RedriveJson Json(int count, RedriveOutcome outcome) => new(
        count,
        new RedriveOutcomeJson(
            outcome.Applied,
            [.. outcome.Failed.Select(DeadLetterPrint.Json)],
            outcome.Blocked,
            outcome.Discarded,
            [.. outcome.Pending.Select(pending => new PendingRedriveJson(pending.Group, pending.Count, pending.Reason))]));
}
