using System.CommandLine;
using EventDriven.Cli.Audit.Trail;
using EventDriven.Cli.Tokens;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Audit;

/// <summary>
/// The only way in which commands change something: asks whether and why, records that the change begins, makes it, and records how it
/// ended. What can't be recorded is not done.
/// </summary>
/// <param name="confirmation">Asks whether and why.</param>
/// <param name="find">Finds the trail.</param>
/// <param name="time">The clock.</param>
internal sealed class OperatorChanges(Confirmation confirmation, Func<ParseResult, IAuditTrail> find, TimeProvider time)
{
    /// <summary>The change was made, but the audit trail does not say how it ended.</summary>
    public const int OutcomeNotRecorded = 4;

    private const int MaxDetailLength = 2000;

    // Also after Ctrl+C, which must not leave the outcome out.
    private static readonly TimeSpan OutcomeTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Asks at the terminal, if there is one, and records in the trail that is given.</summary>
    public static OperatorChanges AtTerminal() => new(Confirmation.AtTerminal(), AuditConnection.Find, TimeProvider.System);

    /// <summary>Asks, records and makes a change.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="question">Asks whether to make the change.</param>
    /// <param name="change">Makes the change, with the reason that was given. Returns the command's exit code.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <param name="token">Token with which the change calls a service.</param>
    /// <returns>The exit code of the change.</returns>
    /// <exception cref="CommandFailedException">
    /// The answer is no, no reason was given, the change can't be recorded, or it failed.
    /// </exception>
    public async Task<int> RunAsync(
        ParseResult parsed, string question, Func<string, Task<int>> change, CancellationToken cancellationToken, string? token = null)
    {
        await confirmation.AskAsync(parsed, question, cancellationToken);
        var reason = await confirmation.AskReasonAsync(parsed, cancellationToken);
        var mask = SecretMask.Of(parsed);
        var record = new AuditRecord(
            Guid.CreateVersion7(time.GetUtcNow()),
            Text(Environment.UserName),
            Text(Environment.MachineName),
            RecordedCommandLine.Of(parsed, mask),
            Text(reason),
            AuditPhase.Started)
        {
            Subject = CallerToken.SubjectOf(token) is { } subject ? Text(subject) : null,
        };
        var trail = await BeginAsync(parsed, record, cancellationToken);
        int exitCode;
        try
        {
            exitCode = await change(reason);
        }
        catch (Exception exception)
        {
            await EndFailedAsync(trail, Ended(record, exception, mask));
            throw;
        }

        await EndAsync(trail, exitCode == ExitCode.Done
            ? record with { Phase = AuditPhase.Succeeded }
            : record with { Phase = AuditPhase.Failed, Detail = $"It ended with exit code {exitCode}." });
        return exitCode;

        string Text(string text) => RecordedCommandLine.Bounded(mask.Apply(text), MaxDetailLength);
    }

    private async Task<IAuditTrail> BeginAsync(ParseResult parsed, AuditRecord record, CancellationToken cancellationToken)
    {
        try
        {
            var trail = find(parsed);
            await trail.AppendAsync(record, cancellationToken);
            return trail;
        }
        catch (CommandFailedException exception)
        {
            throw new CommandFailedException($"Nothing was changed. {exception.Message}", exception.ExitCode, exception);
        }
        catch (Exception exception) when (ServerProblem.Of(exception) is { } problem)
        {
            throw new CommandFailedException(
                $"Nothing was changed, because the audit trail can't be written ({exception.GetBaseException().Message}). Is its database "
                + $"running, is {AuditConnection.Variable} right, and is it set up? {OperatorCommands.Name} audit script prints its SQL.",
                problem.ExitCode,
                exception);
        }
    }

    private static AuditRecord Ended(AuditRecord record, Exception exception, SecretMask mask) => record with
    {
        Phase = exception is OperationCanceledException or CommandFailedException { ExitCode: ExitCode.Stopped }
            ? AuditPhase.Stopped
            : AuditPhase.Failed,
        Detail = RecordedCommandLine.Bounded(
            mask.Apply(exception is CommandFailedException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}"),
            MaxDetailLength),
    };

    private static async Task EndAsync(IAuditTrail trail, AuditRecord record)
    {
        try
        {
            await AppendOutcomeAsync(trail, record);
        }
        catch (Exception exception) when (IsOfTrail(exception))
        {
            throw new CommandFailedException(NotRecorded(record, exception), OutcomeNotRecorded, exception);
        }
    }

    // The failure itself is reported by whoever called.
    private static async Task EndFailedAsync(IAuditTrail trail, AuditRecord record)
    {
        try
        {
            await AppendOutcomeAsync(trail, record);
        }
        catch (Exception exception) when (IsOfTrail(exception))
        {
            ErrorOutput.Warning(NotRecorded(record, exception));
        }
    }

    private static async Task AppendOutcomeAsync(IAuditTrail trail, AuditRecord record)
    {
        using var bound = new CancellationTokenSource(OutcomeTimeout, TimeProvider.System);
        await trail.AppendAsync(record, bound.Token);
    }

    private static bool IsOfTrail(Exception exception) =>
        exception is OperationCanceledException || ServerProblem.Of(exception) is not null;

    private static string NotRecorded(AuditRecord record, Exception exception) =>
        $"The change {Ending(record)}, but the audit trail could not be written again ({exception.GetBaseException().Message}). It says "
        + $"that change {record.ChangeId} started, and not how it ended. Note this where others will find it.";

    private static string Ending(AuditRecord record) => record.Phase == AuditPhase.Stopped ? "was stopped" : record.Phase;
}
