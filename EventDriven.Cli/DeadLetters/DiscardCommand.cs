using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Messaging.DeadLetters;
using EventDriven.Messaging.Tasks;
using static EventDriven.Cli.DeadLetters.DeadLetterOptions;

namespace EventDriven.Cli.DeadLetters;

/// <summary><c>dead-letters discard</c>.</summary>
internal static class DiscardCommand
{
    private static readonly Option<string> Because = new("--because") { Description = "Why; it is kept.", Required = true };

    public static Command Create(Confirmation confirmation)
    {
        var command = new Command(
            "discard", "Gives one up for good; what waits behind it can then be redriven. Example: dead-letters discard 17 --group inventory --because \"test order\"")
        {
            Id, Because, Confirmation.Yes,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(Because) is not null && string.IsNullOrWhiteSpace(result.GetValue(Because)))
            {
                result.AddError("Say why with --because; it is kept with the dead letter.");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, confirmation, cancellationToken));
        return command.RequiresGroup();
    }

    private static async Task<int> RunAsync(ParseResult parsed, Confirmation confirmation, CancellationToken cancellationToken)
    {
        var (group, id) = (parsed.GetValue(Group)!, parsed.GetValue(Id));
        await using var databases = await OpenDatabases.OpenAsync(parsed, group, cancellationToken);
        var (letter, desk) = await DeadLetterDesks.FindAsync(databases, group, id, cancellationToken);
        if (letter.State is DeadLetterState.Redriven or DeadLetterState.Discarded)
        {
            throw Resolved(letter);
        }

        await confirmation.AskAsync(parsed, $"Discard dead letter {id} of {group}? Its effect will never happen.", cancellationToken);
        if (!await desk.DiscardAsync(id, parsed.GetValue(Because)!, Environment.UserName, TimeProvider.System.GetUtcNow(), cancellationToken))
        {
            // Somebody was faster.
            throw Resolved((await DeadLetterDesks.FindAsync(databases, group, id, cancellationToken)).Letter);
        }

        DeadLetterPrint.Count("discarded", 1, "Redrive its key to apply what waits behind it.", parsed.GetValue(Json));
        return ExitCode.Done;
    }

    private static CommandFailedException Resolved(DeadLetter letter) => new(
        $"Dead letter {letter.Id} was {DeadLetterPrint.State(letter)} already, by {letter.ChangedBy} on {DeadLetterPrint.Time(letter.ChangedAt)}"
        + $"{(letter.Note is { } note ? $" ({note})" : "")}; nothing was changed.",
        ExitCode.Refused);
}
