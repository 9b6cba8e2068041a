using System.CommandLine;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli;

/// <summary>Asks before something is changed.</summary>
/// <param name="ask">Asks a person; null where nobody can be asked.</param>
internal sealed class Confirmation(Func<string, CancellationToken, Task<bool>>? ask)
{
    /// <summary>Says yes without being asked.</summary>
    public static Option<bool> Yes { get; } = new("--yes") { Description = "Doesn't ask." };

    /// <summary>Asks whoever sits at the terminal, if there is one; on standard error, because standard output may go to a program.</summary>
    public static Confirmation AtTerminal() => new(
        Console.IsInputRedirected ? null : (question, cancellationToken) => ErrorOutput.Open().ConfirmAsync(question, defaultValue: false, cancellationToken));

    /// <exception cref="CommandFailedException">The answer is no, or nobody can be asked.</exception>
    public async Task AskAsync(ParseResult parsed, string question, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Yes))
        {
            return;
        }

        if (ask is null)
        {
            throw new CommandFailedException($"{question} Nobody can be asked here, and nothing was changed: add --yes.", ExitCode.Usage);
        }

        if (!await ask(question, cancellationToken))
        {
            throw new CommandFailedException("Nothing was changed.", ExitCode.Refused);
        }
    }
}
