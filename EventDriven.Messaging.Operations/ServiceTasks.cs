using System.Runtime.InteropServices;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Operations.Access;
using EventDriven.Messaging.Operations.Rebuild;
using EventDriven.Messaging.Operations.Rehearsal;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Operations.Tasks.Execution;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Operations;

/// <summary>Lets a service's program run operators' tasks, which need its handlers, instead of serving.</summary>
public static class ServiceTasks
{
    /// <summary>
    /// Lets the service's program tell its access, rebuild its read model and rehearse its handlers: see <see cref="RunServiceAsync"/>.
    /// </summary>
    /// <typeparam name="TContext">The service's own database.</typeparam>
    public static IServiceCollection AddServiceTasks<TContext>(this IServiceCollection services)
        where TContext : DbContext => services
        .AddSingleton<IServiceTask, AccessTask>()
        .AddSingleton<IServiceTask, RebuildTask<TContext>>()
        .AddSingleton<IServiceTask, RehearseTask<TContext>>();

    /// <summary>
    /// Runs the service. When the first argument is <c>access</c>, <c>rebuild</c> or <c>rehearse</c>, it runs that task instead: it then
    /// serves no HTTP, joins no group, and relays and sends nothing. A task writes its result to standard output as JSON, one object a line
    /// (<see cref="TaskLine"/>). Logs go to standard error.
    /// </summary>
    /// <param name="app">The service, built and not started.</param>
    /// <param name="args">The program's arguments.</param>
    /// <returns>The program's exit code, see <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunServiceAsync(this IHost app, string[] args)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (args is not [TaskNames.Access or TaskNames.Rebuild or TaskNames.Rehearse, ..])
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

    /// <summary>Runs a task. A task that fails writes the reason as its last line.</summary>
    internal static async Task<int> RunTaskAsync(
        IServiceProvider services, string[] args, TaskOutput output, CancellationToken cancellationToken)
    {
        try
        {
            if (args is [TaskNames.Rebuild or TaskNames.Rehearse, ..] && !services.GetServices<ConsumerGroup>().Any())
            {
                throw new OperationFailedException(
                    "This service reads no topic, so it has nothing to rebuild or rehearse.", ExitCode.Usage);
            }

            var task = services.GetServices<IServiceTask>().Single(task => task.Name == args[0]);
            return await task.RunAsync(TaskArguments.Read(args.AsSpan(1), task.Options, task.Flags), output, cancellationToken);
        }
        catch (OperationFailedException exception)
        {
            return Fail(exception.Message, exception.ExitCode);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail("Stopped. Nothing was changed.", ExitCode.Stopped);
        }
        catch (Exception exception) when (ServerProblem.Of(exception) is { } problem)
        {
            return Fail(problem.Message, problem.ExitCode);
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
