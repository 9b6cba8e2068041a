using System.CommandLine;
using EventDriven.Cli.Audit;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli;

/// <summary>Asks whether and why, before a command changes anything.</summary>
/// <param name="ask">Asks a person whether; null when there is no terminal.</param>
/// <param name="askReason">Asks a person why; null when there is no terminal.</param>
internal sealed class Confirmation(
    Func<string, CancellationToken, Task<bool>>? ask, Func<CancellationToken, Task<string>>? askReason)
{
    /// <summary>Answers yes in advance.</summary>
    public static Option<bool> Yes { get; } = new("--yes") { Description = "Agrees in advance." };

    /// <summary>Asks at the terminal, if there is one. Uses standard error, because standard output may go to a program.</summary>
    public static Confirmation AtTerminal() => Console.IsInputRedirected ? new(null, null) : new(
        (question, cancellationToken) => ErrorOutput.Open().ConfirmAsync(question, defaultValue: false, cancellationToken),
        cancellationToken => ErrorOutput.Open().PromptAsync(
            new TextPrompt<string>("Why? The reason is recorded:").Validate(reason => BecauseOption.Problem(reason) is { } problem
                ? ValidationResult.Error(problem)
                : ValidationResult.Success()),
            cancellationToken));

    /// <exception cref="OperationFailedException">The answer is no, or there is no terminal.</exception>
    public async Task AskAsync(ParseResult parsed, string question, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Yes))
        {
            return;
        }

        if (ask is null)
        {
            throw new OperationFailedException(
                $"{question} There is no terminal to ask at. Nothing was changed. Add --yes to agree"
                + (parsed.GetValue(BecauseOption.Option) is null ? ", and the reason: --because \"…\"." : "."),
                ExitCode.Usage);
        }

        if (!await ask(question, cancellationToken))
        {
            throw new OperationFailedException("Nothing was changed.", ExitCode.Refused);
        }
    }

    /// <summary>The reason.</summary>
    /// <exception cref="OperationFailedException">None is given, and there is no terminal.</exception>
    public async Task<string> AskReasonAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        parsed.GetValue(BecauseOption.Option)
        ?? (askReason is null
            ? throw new OperationFailedException(
                "Every change is recorded with its reason, and there is no terminal to ask at. Nothing was changed. Add --because \"…\".",
                ExitCode.Usage)
            : await askReason(cancellationToken));
}
