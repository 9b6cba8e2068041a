using System.CommandLine;
using Confluent.Kafka;
using Npgsql;
using Spectre.Console;

namespace EventDriven.Cli;

/// <summary>Runs a command and turns what went wrong into one line on standard error and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        try
        {
            // A failure must reach the catch blocks below instead of being printed with its stack.
            var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return parsed.Errors.Count > 0 ? ExitCode.Usage : exitCode;
        }
        catch (CommandFailedException exception)
        {
            return Fail(exception.Message, exception.ExitCode);
        }
        catch (NpgsqlException exception) when (exception is not PostgresException)
        {
            return Fail($"A database has stopped answering ({exception.Message}). Is PostgreSQL running?", ExitCode.Unreachable);
        }
        catch (PostgresException exception) when (exception.SqlState.StartsWith("57P", StringComparison.Ordinal) || exception.SqlState.StartsWith("53", StringComparison.Ordinal))
        {
            return Fail($"A database takes no requests now ({exception.MessageText}). Try again when it does.", ExitCode.Unreachable);
        }
        catch (PostgresException exception)
        {
            return Fail($"A database refuses ({exception.MessageText}). Is the service's newest version started, which migrates it, and may this user read it?", ExitCode.Refused);
        }
        catch (TimeoutException exception)
        {
            return Fail($"A server did not answer in time ({exception.Message}). Try again.", ExitCode.Unreachable);
        }
        catch (KafkaException exception) when (KafkaConnection.IsUnreachable(exception))
        {
            return Fail($"Kafka does not answer at the address that --kafka or {KafkaConnection.Variable} gives ({exception.Error.Reason}).", ExitCode.Unreachable);
        }
        catch (KafkaException exception)
        {
            return Fail(exception.Error.Reason, ExitCode.Refused);
        }
    }

    private static int Fail(string message, int exitCode)
    {
        var error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        error.MarkupLineInterpolated($"[red]error:[/] {message}");
        return exitCode;
    }
}
