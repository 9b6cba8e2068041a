using System.Collections;
using System.CommandLine;
using EventDriven.Cli.Servers;
using EventDriven.Cli.Tokens;
using EventDriven.Messaging.Operations.Audit;
using EventDriven.Messaging.Operations.Changes;
using EventDriven.Messaging.Operations.Tasks;

namespace EventDriven.Cli.Audit;

/// <summary>
/// The only way in which commands change something: asks whether and why, and has an <see cref="OperatorChange"/> record it. What can't be
/// recorded is not done.
/// </summary>
/// <param name="confirmation">Asks whether and why.</param>
/// <param name="find">Finds the trail.</param>
/// <param name="time">The clock.</param>
internal sealed class OperatorChanges(Confirmation confirmation, Func<ParseResult, ChangeTargets, IAuditTrail> find, TimeProvider time)
{
    /// <summary>Asks at the terminal, if there is one, and records in the trail that is given.</summary>
    public static OperatorChanges AtTerminal() => new(Confirmation.AtTerminal(), AuditConnection.Find, TimeProvider.System);

    /// <summary>Asks, and has a change made and recorded.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="targets">What the change is made on.</param>
    /// <param name="question">Asks whether to make the change.</param>
    /// <param name="run">Makes the change by what it is given.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <param name="token">Token with which the change calls a service.</param>
    /// <returns>
    /// The exit code with which the command ends once it has shown its result, where nothing else is wrong:
    /// <see cref="ExitCode.OutcomeNotRecorded"/> when the audit trail does not say how the change ended.
    /// </returns>
    /// <exception cref="OperationFailedException">
    /// The answer is no, no reason was given, the change can't be recorded, or it failed.
    /// </exception>
    public async Task<int> RunAsync(
        ParseResult parsed,
        ChangeTargets targets,
        string question,
        Func<OperatorChange, Task> run,
        CancellationToken cancellationToken,
        string? token = null)
    {
        await confirmation.AskAsync(parsed, question, cancellationToken);
        var reason = await confirmation.AskReasonAsync(parsed, cancellationToken);
        var mask = Mask(parsed);
        var request = new ChangeRequest(
            OperatorIdentity.OfThisProcess() with { Subject = CallerToken.SubjectOf(token) },
            RecordedCommandLine.Of(parsed, mask),
            reason);
        var change = new OperatorChange(Find(parsed, targets), request, mask, new ErrorOutputReport(), time);
        await run(change);
        return change.IsOutcomeRecorded ? ExitCode.Done : ExitCode.OutcomeNotRecorded;
    }

    // Knows the secrets in the environment variables, in the state file and in the address of Kafka.
    private static SecretMask Mask(ParseResult parsed) => SecretMask.Of(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""))
            .Concat(StateFile.Read(parsed))
            .Append(KeyValuePair.Create("kafka", parsed.GetValue(KafkaConnection.Option) ?? "")));

    private IAuditTrail Find(ParseResult parsed, ChangeTargets targets)
    {
        try
        {
            return find(parsed, targets);
        }
        catch (OperationFailedException exception)
        {
            throw new OperationFailedException($"Nothing was changed. {exception.Message}", exception.ExitCode, exception);
        }
    }
}
