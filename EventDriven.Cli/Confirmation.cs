using System.CommandLine;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli;

/// <summary>Asks before a command changes anything.</summary>
/// <param name="ask">Asks a person; null when there is no terminal.</param>
internal sealed class Confirmation(Func<string, CancellationToken, Task<bool>>? ask)
{
    /// <summary>Answers yes in advance.</summary>
    public static Option<bool> Yes { get; } = new("--yes") { Description = "Does not ask." };

    /// <summary>Asks at the terminal, if there is one. Uses standard error, because standard output may go to a program.</summary>
    public static Confirmation AtTerminal() => new(
        Console.IsInputRedirected
            ? null
            : (question, cancellationToken) => ErrorOutput.Open().ConfirmAsync(question, defaultValue: false, cancellationToken));

    /// <exception cref="CommandFailedException">The answer is no, or there is no terminal.</exception>
    public async Task AskAsync(ParseResult parsed, string question, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Yes))
        {
            return;
        }

        if (ask is null)
        {
            throw new CommandFailedException(
                $"{question} There is no terminal to ask at. Nothing was changed. Add --yes to agree.", ExitCode.Usage);
        }

        if (!await ask(question, cancellationToken))
        {
            throw new CommandFailedException("Nothing was changed.", ExitCode.Refused);
        }
    }
}
