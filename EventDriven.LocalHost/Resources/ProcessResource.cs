using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Storage;

namespace EventDriven.LocalHost.Resources;

/// <summary>A resource that is a process of its own.</summary>
internal abstract class ProcessResource(string name, ResourceLog log, DataDirectory data) : LocalResource(name, log)
{
    private readonly string pidFile = data.PidFile(name);
    private ManagedProcess? process;
    private Task watch = Task.CompletedTask;
    private bool stopping;

    public override int? ProcessId => process is { Exited.IsCompleted: false } running ? running.Id : null;

    protected DataDirectory Data { get; } = data;

    /// <summary>How long the process may take to get ready.</summary>
    protected virtual TimeSpan ReadyTimeout => TimeSpan.FromSeconds(60);

    internal override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (process is { Exited.IsCompleted: false })
        {
            return;
        }

        State = ResourceState.Starting;
        Failure = null;
        stopping = false;
        try
        {
            await PrepareAsync(cancellationToken);
            process?.Dispose();
            process = await ManagedProcess.StartAsync(Spec(), Log);
            PidFile.Write(pidFile, process.Id);
            watch = WatchAsync(process);
            await BecomeReadyAsync(process, cancellationToken);
        }
        catch (Exception exception)
        {
            Failure = exception.Message;
            await KillAsync();
            State = ResourceState.Failed;
            throw;
        }
    }

    internal override async Task StopAsync()
    {
        stopping = true;
        if (process is not null)
        {
            await process.StopAsync();
            await watch;
            if (State is ResourceState.Running or ResourceState.Starting)
            {
                State = ResourceState.Stopped;
            }
        }
    }

    internal override async Task KillAsync()
    {
        stopping = true;
        if (process is not null)
        {
            await process.KillAsync();
            await watch;
            State = ResourceState.Stopped;
        }
    }

    /// <summary>What must stand on disk before the process starts.</summary>
    protected virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected abstract ProcessSpec Spec();

    /// <summary>Does it answer? Asked again and again until it does, the process ends, or <see cref="ReadyTimeout"/> has passed.</summary>
    protected abstract Task<bool> IsReadyAsync(CancellationToken cancellationToken);

    protected virtual async Task BecomeReadyAsync(ManagedProcess running, CancellationToken cancellationToken)
    {
        var ready = await Poll.UntilAsync(async token => running.Exited.IsCompleted || await IsReadyAsync(token), ReadyTimeout, cancellationToken);
        if (running.Exited.IsCompleted)
        {
            throw new LocalApplicationException(
                $"'{Name}' ended with exit code {await running.Exited} before it was ready:{Environment.NewLine}{Log.Tail()}");
        }

        if (!ready)
        {
            throw new LocalApplicationException($"'{Name}' was not ready within {ReadyTimeout.TotalSeconds} s:{Environment.NewLine}{Log.Tail()}");
        }

        State = ResourceState.Running;
    }

    /// <summary>Reports a death that nobody asked for.</summary>
    private async Task WatchAsync(ManagedProcess watched)
    {
        var exitCode = await watched.Exited;
        PidFile.Remove(pidFile);
        if (!stopping && State == ResourceState.Running)
        {
            Failure = $"'{Name}' died with exit code {exitCode}:{Environment.NewLine}{Log.Tail()}";
            State = ResourceState.Failed;
            Log.Write(Failure);
        }
    }
}
