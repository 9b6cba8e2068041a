using System.CommandLine;
using Confluent.Kafka;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Contracts;
using EventDriven.Messaging.Operations.Tasks;
using Spectre.Console;

namespace EventDriven.Cli;

/// <summary>Runs a command and turns its failure into one line on standard error and an exit code.</summary>
internal static class CommandLine
{
    // After Ctrl+C: what the command runs ends, and the audit trail says so.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(8);

    /// <summary>
    /// An argument such as <c>@name</c> is a value like others, a key for example. The parser would read a file of that name instead, and
    /// throw if it may not.
    /// </summary>
    public static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(Command root, string[] args, CancellationToken cancellationToken = default)
    {
        AnsiConsole.Console.KeepLines(Console.IsOutputRedirected);
        ErrorOutput.IsJson = args.Contains(JsonOutput.Option.Name, StringComparer.Ordinal);
        var parsed = root.Parse(args, Parsing);
        if (ParseErrors.Tell(parsed) is { } invalid)
        {
            return invalid;
        }

        try
        {
            // A failure must reach the catch blocks below instead of being printed with its stack.
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTimeout },
                cancellationToken);
        }
        catch (OperationFailedException exception)
        {
            return Fail(exception.Message, exception.ExitCode);
        }
        catch (ContractException exception)
        {
            return Fail(exception.Message, ExitCode.Usage);
        }
        catch (OperationCanceledException)
        {
            // A command that may have changed something reports that itself.
            return Fail("Stopped.", ExitCode.Stopped);
        }
        catch (Exception exception) when (ServerProblem.Of(exception) is { } problem)
        {
            // Kafka's client says only that no broker answers.
            var refusal = exception is KafkaException ? await KafkaConnection.ExplainAsync(parsed, cancellationToken) : null;
            return refusal is null ? Fail(problem.Message, problem.ExitCode) : Fail(refusal, ExitCode.Refused);
        }
        catch (Exception exception)
        {
            // Unforeseen, so whoever repairs it needs the stack.
            return Fail(
                "This is a defect of the command. Its changes are unknown. "
                + $"Please report it with the following text.{Environment.NewLine}{exception}",
                ExitCode.Refused);
        }
    }

    private static int Fail(string message, int exitCode)
    {
        ErrorOutput.Error(message, exitCode);
        return exitCode;
    }
}
