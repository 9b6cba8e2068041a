using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;

namespace EventDriven.Messaging.Operations.Changes;

/// <summary>
/// One change of an operator: records that it begins, makes it, and records how it ended. What can't be recorded is not done. Commands and
/// web pages change a system only through this.
/// </summary>
/// <param name="trail">Where it is recorded.</param>
/// <param name="request">What is asked for, by whom and why. Secrets in the reason are masked; the command must have none.</param>
/// <param name="mask">Knows the secrets that neither the reason nor an error may show.</param>
/// <param name="report">Is told what the trail says of it.</param>
/// <param name="time">The clock.</param>
public sealed class OperatorChange(
    IAuditTrail trail, ChangeRequest request, SecretMask mask, IChangeReport report, TimeProvider time)
{
    private const int MaxCommandLength = 4000;
    private const int MaxTextLength = 2000;

    // Also after a stop, which must not leave the outcome out.
    private static readonly TimeSpan OutcomeTimeout = TimeSpan.FromSeconds(15);

    // With what the change itself may take to stop, less than a command has after Ctrl+C: it says what it could not record.
    private static readonly TimeSpan StoppedOutcomeTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Ties the entries of the change, and names it in the logs of what it runs.</summary>
    public Guid Id { get; } = Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>Who asks.</summary>
    public string By => request.By.Name;

    /// <summary>Why.</summary>
    public string Reason => request.Reason;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Whether the trail says how the change ended. False until then, and when it could not be written again.</summary>
    public bool IsOutcomeRecorded { get; private set; }

    /// <summary>Makes the change, between its two entries.</summary>
    /// <param name="change">Makes the change. Its failure is recorded, and thrown again.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <exception cref="ChangeNotRecordedException">The trail can't be written. Nothing was changed.</exception>
    public Task RunAsync(Func<CancellationToken, Task> change, CancellationToken cancellationToken) => RunAsync(
        async stopping =>
        {
            await change(stopping);
            return true;
        },
        _ => null,
        cancellationToken);

    /// <summary>Makes the change, between its two entries.</summary>
    /// <typeparam name="T">Its result.</typeparam>
    /// <param name="change">Makes the change. Its failure is recorded, and thrown again.</param>
    /// <param name="problem">Why a result is a failure; null when it is none.</param>
    /// <param name="cancellationToken">Stops the change.</param>
    /// <returns>The result of <paramref name="change"/>, also of one whose outcome could not be recorded.</returns>
    /// <exception cref="ChangeNotRecordedException">The trail can't be written. Nothing was changed.</exception>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> change, Func<T, string?> problem, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(problem);
        if (ChangeRequest.ReasonProblem(request.Reason) is { } missing)
        {
            throw new OperationFailedException($"Nothing was changed. {missing}", ExitCode.Usage);
        }

        var record = Started();
        await BeginAsync(record, cancellationToken);
        T result;
        try
        {
            result = await change(cancellationToken);
        }
        catch (Exception exception)
        {
            // The failure itself is reported by whoever called.
            await EndAsync(Ended(record, exception), cancellationToken);
            throw;
        }

        await EndAsync(
            problem(result) is { } why
                ? record with { Phase = AuditPhase.Failed, Detail = Bounded(mask.Apply(why)) }
                : record with { Phase = AuditPhase.Succeeded },
            cancellationToken);
        return result;
    }

    private static string Bounded(string text) => CommandText.Bounded(text, MaxTextLength);

    private AuditRecord Started() => new(
        Id,
        Bounded(request.By.Name),
        Bounded(request.By.Host),
        CommandText.Bounded(request.Command, MaxCommandLength),
        Bounded(mask.Apply(request.Reason)),
        AuditPhase.Started)
    {
        Subject = request.By.Subject is { } subject ? Bounded(subject) : null,
    };

    private async Task BeginAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await trail.AppendAsync(record, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, the change has not begun.
            throw new ChangeNotRecordedException(
                $"Nothing was changed, because the audit trail can't be written ({Why(exception)}). Is its database "
                + $"running, is ConnectionStrings__{PostgresAuditTrail.ConnectionName} right, and is it set up? "
                + "./eventdriven audit script prints its SQL.",
                ServerProblem.Of(exception)?.ExitCode ?? ExitCode.Usage,
                exception);
        }
    }

    private AuditRecord Ended(AuditRecord record, Exception exception) => record with
    {
        Phase = exception is OperationCanceledException or OperationFailedException { ExitCode: ExitCode.Stopped }
            ? AuditPhase.Stopped
            : AuditPhase.Failed,
        Detail = Bounded(
            mask.Apply(exception is OperationFailedException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}")),
    };

    private async Task EndAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(OutcomeTimeout, time);
        await using var stopping = cancellationToken.Register(() => bound.CancelAfter(StoppedOutcomeTimeout));
        try
        {
            var entry = await trail.AppendAsync(record, bound.Token);
            IsOutcomeRecorded = true;
            report.Recorded(entry);
        }
        catch (Exception exception)
        {
            report.NotRecorded(
                $"The change {(record.Phase == AuditPhase.Stopped ? "was stopped" : record.Phase)}, but the audit trail could not be "
                + $"written again ({Why(exception)}). It says that change {record.ChangeId} started, and not how it ended. Note this "
                + "where others will find it.");
        }
    }

    private string Why(Exception exception) => exception.GetBaseException() switch
    {
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
            "another session holds the trail's lock: see \"Who changed what\" in docs/operations.md",
        var cause => mask.Apply(cause.Message),
    };
}
