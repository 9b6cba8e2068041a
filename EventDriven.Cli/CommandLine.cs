using System.CommandLine;
using Confluent.Kafka;
using EventDriven.Cli.Tables;
using EventDriven.Messaging.Failures;
using EventDriven.Messaging.Operations.Tasks;
using Npgsql;
using Spectre.Console;

namespace EventDriven.Cli;

/// <summary>Runs a command and turns what went wrong into one line on standard error and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(Command root, string[] args, CancellationToken cancellationToken = default)
    {
        AnsiConsole.Console.KeepLines(Console.IsOutputRedirected);
        var parsed = root.Parse(args);
        try
        {
            // A failure must reach the catch blocks below instead of being printed with its stack.
            var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, cancellationToken);
            return parsed.Errors.Count > 0 ? ExitCode.Usage : exitCode;
        }
        catch (CommandFailedException exception)
        {
            return Fail(exception.Message, exception.ExitCode);
        }
        catch (OperationCanceledException)
        {
            // A command that may have changed something by then says so itself.
            return Fail("Stopped.", ExitCode.Stopped);
        }
        catch (NpgsqlException exception) when (exception is not PostgresException || Failure.IsOutage(exception))
        {
            return Fail($"A database does not answer, or not now ({exception.Message}). Is PostgreSQL running? Try again when it does.", ExitCode.Unreachable);
        }
        catch (PostgresException exception)
        {
            return Fail($"A database refuses ({exception.MessageText}). Is the service's newest version started, which migrates it, and may this user read it?", ExitCode.Refused);
        }
        catch (TimeoutException exception)
        {
            return Fail($"A server did not answer in time ({exception.Message}). Try again.", ExitCode.Unreachable);
        }
        catch (KafkaException exception) when (Failure.IsOutage(exception))
        {
            return Fail($"Kafka does not answer at the address that --kafka or {KafkaConnection.Variable} gives ({exception.Error.Reason}). Is it running there?", ExitCode.Unreachable);
        }
        catch (KafkaException exception)
        {
            return Fail($"Kafka refuses ({exception.Error.Reason}). Are all topics there (topics list), and may this user do that?", ExitCode.Refused);
        }
        catch (Exception exception)
        {
            // Nobody foresaw it, so whoever repairs it needs to know where it came from.
            return Fail($"This is a defect of the command; what it changed is unknown. Please report it with what follows.{Environment.NewLine}{exception}", ExitCode.Refused);
        }
    }

    private static int Fail(string message, int exitCode)
    {
        ErrorOutput.Error(message);
        return exitCode;
    }
}
