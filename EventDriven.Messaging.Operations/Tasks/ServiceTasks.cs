using System.Runtime.InteropServices;
using Confluent.Kafka;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Failures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventDriven.Messaging.Operations.Tasks;

/// <summary>Lets a service's program do what operators ask of it, besides serving.</summary>
public static class ServiceTasks
{
    internal const string Rebuild = "rebuild";
    internal const string Rehearse = "rehearse";

    /// <summary>
    /// Runs the service; or, when its first argument is <c>rebuild</c> or <c>rehearse</c>, does that and nothing else: it serves no HTTP, joins no group,
    /// relays and sends nothing. What came of it goes to standard output as JSON, one object a line; logs go to standard error.
    /// </summary>
    /// <param name="app">The service, built and not started.</param>
    /// <param name="args">The program's arguments.</param>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunServiceAsync(this IHost app, string[] args)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (args is not [Rebuild or Rehearse, ..])
        {
            await app.RunAsync();
            return ExitCode.Done;
        }

        KeepStandardOutputClean(app.Services);
        var time = app.Services.GetRequiredService<TimeProvider>();
        await using var standardOutput = new StreamWriter(Console.OpenStandardOutput());
        using var stopping = new CancellationTokenSource();
        using var interrupted = StopOn(PosixSignal.SIGINT, stopping);
        using var terminated = StopOn(PosixSignal.SIGTERM, stopping);
        var exitCode = await RunTaskAsync(app.Services, args, new TaskOutput(standardOutput, time), stopping.Token);
        await (app is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask);
        return exitCode;
    }

    /// <summary>Does a task, and says as its last line when it came to nothing.</summary>
    internal static async Task<int> RunTaskAsync(IServiceProvider services, string[] args, TaskOutput output, CancellationToken cancellationToken)
    {
        try
        {
            if (!services.GetServices<ConsumerGroup>().Any())
            {
                throw new TaskFailedException("This service reads no topic: it has nothing to rebuild or rehearse.", ExitCode.Usage);
            }

            var task = services.GetServices<IServiceTask>().Single(task => task.Name == args[0]);
            return await task.RunAsync(TaskArguments.Read(args.AsSpan(1), task.Options, task.Flags), output, cancellationToken);
        }
        catch (TaskFailedException exception)
        {
            return Fail(exception.Message, exception.ExitCode);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail("Stopped; nothing was changed.", ExitCode.Stopped);
        }
        catch (KafkaException exception) when (Failure.IsOutage(exception))
        {
            return Fail($"Kafka does not answer ({exception.Error.Reason}). Is it running, and is the connection string 'kafka' right?", ExitCode.Unreachable);
        }
        catch (KafkaException exception)
        {
            return Fail($"Kafka refuses ({exception.Error.Reason}). Are all topics there (topics list), and may the service do that?", ExitCode.Refused);
        }
        catch (Exception exception) when (Failure.IsOutage(exception))
        {
            // EF Core wraps what a database throws while it is away.
            return Fail($"The service's database does not answer ({exception.GetBaseException().Message}). Is PostgreSQL running? Try again when it is.", ExitCode.Unreachable);
        }
        catch (NpgsqlException exception) when (exception is not PostgresException)
        {
            return Fail($"The service's database did not answer in time ({exception.Message}). Try again when it has less to do.", ExitCode.Unreachable);
        }
        catch (PostgresException exception)
        {
            return Fail($"The service's database refuses ({exception.MessageText}). Is the program of the version that runs, and may its user do that?", ExitCode.Refused);
        }

        int Fail(string message, int exitCode)
        {
            output.Write(new TaskFailure(message, exitCode));
            return exitCode;
        }
    }

    private static void KeepStandardOutputClean(IServiceProvider services)
    {
        if (services.GetService<IOptionsMonitor<ConsoleLoggerOptions>>() is { } console)
        {
            console.CurrentValue.LogToStandardErrorThreshold = LogLevel.Trace;
        }
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stopping) => PosixSignalRegistration.Create(
        signal,
        context =>
        {
            context.Cancel = true;
            stopping.Cancel();
        });
}
