using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Tasks;
using EventDriven.Messaging.Operations.Tasks.Execution;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>Runs a task of a service, and reads what it writes.</summary>
internal static class ServiceTask
{
    public static async Task<(int ExitCode, List<TaskLine> Lines)> RunAsync(IServiceProvider services, params string[] args)
    {
        await using var writer = new StringWriter();
        var exitCode = await ServiceTasks.RunTaskAsync(
            services, args, new TaskOutput(writer, TimeProvider.System), TestContext.Current.CancellationToken);
        var lines = writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (exitCode, [.. lines.Select(line => TaskLine.Parse(line)!)]);
    }
}
