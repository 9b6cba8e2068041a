using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Storage;

namespace EventDriven.LocalHost.Resources;

/// <summary>A program that others wait for until it has ended well.</summary>
internal sealed class CommandRun(string name, ResourceLog log, DataDirectory data, string program, IReadOnlyList<string> arguments)
    : ProjectResource(name, log, data, program, arguments)
{
    protected override TimeSpan ReadyTimeout => TimeSpan.FromMinutes(2);

    protected override Task<bool> IsReadyAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    protected override async Task BecomeReadyAsync(ManagedProcess running, CancellationToken cancellationToken)
    {
        try
        {
            var exitCode = await running.Exited.WaitAsync(ReadyTimeout, cancellationToken);
            if (exitCode != 0)
            {
                throw new LocalApplicationException($"'{Name}' ended with exit code {exitCode}:{Environment.NewLine}{Log.Tail()}");
            }
        }
        catch (TimeoutException exception)
        {
            throw new LocalApplicationException(
                $"'{Name}' did not end within {ReadyTimeout.TotalSeconds} s:{Environment.NewLine}{Log.Tail()}", exception);
        }

        State = ResourceState.Completed;
    }
}
