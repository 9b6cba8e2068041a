using System.CommandLine;
using EventDriven.Cli.Audit.Trail;
using EventDriven.Cli.Tokens;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;

namespace EventDriven.Cli.Audit;

/// <summary>
/// The only way in which commands change something: asks whether and why, records that the change begins, makes it, and records how it
/// ended. What can't be recorded is not done.
/// </summary>
/// <param name="confirmation">Asks whether and why.</param>
/// <param name="find">Finds the trail.</param>
/// <param name="time">The clock.</param>
internal sealed class OperatorChanges(Confirmation confirmation, Func<ParseResult, ChangeTargets, IAuditTrail> find, TimeProvider time)
{
    /// <summary>The change was made, but the audit trail does not say how it ended.</summary>
    public const int OutcomeNotRecorded = 4;

    private const int MaxDetailLength = 2000;

    // Also after Ctrl+C, which must not leave the outcome out.
    private static readonly TimeSpan OutcomeTimeout = TimeSpan.FromSeconds(15);

    // With what the change itself may take to stop, less than the process has (CommandLine): it says what it could not record.
    private static readonly TimeSpan StoppedOutcomeTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Asks at the terminal, if there is one, and records in the trail that is given.</summary>
    public static OperatorChanges AtTerminal() => new(Confirmation.AtTerminal(), AuditConnection.Find, TimeProvider.System);

    /// <summary>Asks, records and makes a change.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="targets">What the change is made on.</param>
    /// <param name="question">Asks whether to make the change.</param>
    /// <param name="change">Makes the change, with the reason that was given. Returns the command's exit code.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <param name="token">Token with which the change calls a service.</param>
    /// <returns>
    /// The exit code of the change, with which the command ends once it has shown its result: <see cref="OutcomeNotRecorded"/> in the place
    /// of 0 when the audit trail does not say how it ended.
    /// </returns>
    /// <exception cref="CommandFailedException">
    /// The answer is no, no reason was given, the change can't be recorded, or it failed.
    /// </exception>
    public async Task<int> RunAsync(
        ParseResult parsed,
        ChangeTargets targets,
        string question,
        Func<string, Task<int>> change,
        CancellationToken cancellationToken,
        string? token = null)
    {
        await confirmation.AskAsync(parsed, question, cancellationToken);
        var reason = await confirmation.AskReasonAsync(parsed, cancellationToken);
        var mask = SecretMask.Of(parsed);
        var record = new AuditRecord(
            Guid.CreateVersion7(time.GetUtcNow()),
            Bounded(Environment.UserName),
            Bounded(Environment.MachineName),
            RecordedCommandLine.Of(parsed, mask),
            Bounded(mask.Apply(reason)),
            AuditPhase.Started)
        {
            Subject = CallerToken.SubjectOf(token) is { } subject ? Bounded(subject) : null,
        };
        var trail = await BeginAsync(parsed, targets, record, mask, cancellationToken);
        int exitCode;
        try
        {
            exitCode = await change(reason);
        }
        catch (Exception exception)
        {
            // The failure itself is reported by whoever called.
            await EndAsync(trail, Ended(record, exception, mask), mask, cancellationToken);
            throw;
        }

        var ended = exitCode == ExitCode.Done
            ? record with { Phase = AuditPhase.Succeeded }
            : record with { Phase = AuditPhase.Failed, Detail = $"It ended with exit code {exitCode}." };
        var isRecorded = await EndAsync(trail, ended, mask, cancellationToken);
        return exitCode == ExitCode.Done && !isRecorded ? OutcomeNotRecorded : exitCode;
    }

    private async Task<IAuditTrail> BeginAsync(
        ParseResult parsed, ChangeTargets targets, AuditRecord record, SecretMask mask, CancellationToken cancellationToken)
    {
        try
        {
            var trail = find(parsed, targets);
            await trail.AppendAsync(record, cancellationToken);
            return trail;
        }
        catch (CommandFailedException exception)
        {
            throw new CommandFailedException($"Nothing was changed. {exception.Message}", exception.ExitCode, exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the change has not begun.
            throw new CommandFailedException(
                $"Nothing was changed, because the audit trail can't be written ({Why(exception, mask)}). Is its database "
                + $"running, is {AuditConnection.Variable} right, and is it set up? {OperatorCommands.Name} audit script prints its SQL.",
                ServerProblem.Of(exception)?.ExitCode ?? ExitCode.Usage,
                exception);
        }
    }

    private static AuditRecord Ended(AuditRecord record, Exception exception, SecretMask mask) => record with
    {
        Phase = exception is OperationCanceledException or CommandFailedException { ExitCode: ExitCode.Stopped }
            ? AuditPhase.Stopped
            : AuditPhase.Failed,
        Detail = Bounded(
            mask.Apply(exception is CommandFailedException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}")),
    };

    private static string Bounded(string text) => RecordedCommandLine.Bounded(text, MaxDetailLength);

    /// <returns>Whether it is recorded. If not, that is told.</returns>
    private async Task<bool> EndAsync(IAuditTrail trail, AuditRecord record, SecretMask mask, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(OutcomeTimeout, time);
        await using var stopping = cancellationToken.Register(() => bound.CancelAfter(StoppedOutcomeTimeout));
        try
        {
            var entry = await trail.AppendAsync(record, bound.Token);
            ErrorOutput.Note($"Recorded as entry {entry.Sequence}, head {AuditHash.Text(entry.Hash)}");
            return true;
        }
        catch (Exception exception)
        {
            ErrorOutput.Error(
                $"The change {Ending(record)}, but the audit trail could not be written again ({Why(exception, mask)}). It says that "
                + $"change {record.ChangeId} started, and not how it ended. Note this where others will find it.");
            return false;
        }
    }

    private static string Why(Exception exception, SecretMask mask) => exception.GetBaseException() switch
    {
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
            "another session holds the trail's lock: see \"Who changed what\" in docs/operations.md",
        var cause => mask.Apply(cause.Message),
    };

    private static string Ending(AuditRecord record) => record.Phase == AuditPhase.Stopped ? "was stopped" : record.Phase;
}
