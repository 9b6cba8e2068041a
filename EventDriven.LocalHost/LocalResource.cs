using EventDriven.LocalHost.Processes;

namespace EventDriven.LocalHost;

/// <summary>One part of the local application: a server, a database, a service.</summary>
public abstract class LocalResource
{
    private volatile ResourceState state = ResourceState.Waiting;

    private protected LocalResource(string name, ResourceLog log)
    {
        Name = name;
        Log = log;
    }

    /// <summary>Unique name, such as <c>postgres</c> or <c>checkout-2</c>.</summary>
    public string Name { get; }

    /// <summary>Where the resource is in its life, now.</summary>
    public ResourceState State
    {
        get => state;
        private protected set => state = value;
    }

    /// <summary>Where a person or a program reaches it by HTTP; null for what doesn't speak HTTP.</summary>
    public virtual Uri? Url => null;

    /// <summary>Where it listens, for a person to read; null for what doesn't.</summary>
    public virtual string? Address => Url?.GetLeftPart(UriPartial.Authority);

    /// <summary>One line about it that a user should know; null when there is nothing to say.</summary>
    public virtual string? Note => null;

    /// <summary>Why it failed, with the last lines of its output; null unless <see cref="State"/> is <see cref="ResourceState.Failed"/>.</summary>
    public string? Failure { get; private protected set; }

    /// <summary>Path of the file with its output.</summary>
    public string LogFile => Log.Path;

    /// <summary>Process id, for whoever measures it; null for what has no process of its own, or doesn't run.</summary>
    public virtual int? ProcessId => null;

    internal ResourceLog Log { get; }

    /// <summary>What must be ready before this one starts.</summary>
    internal List<LocalResource> DependsOn { get; } = [];

    /// <summary>What others reach it with; null where there is nothing to reach.</summary>
    internal virtual string? ConnectionString => null;

    /// <summary>Returns when the resource is ready; throws <see cref="LocalApplicationException"/> when it doesn't get there.</summary>
    internal abstract Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Asks it to stop, and makes it after a bounded time. Stopping what doesn't run does nothing.</summary>
    internal abstract Task StopAsync();

    /// <summary>Ends it at once, as a crash would.</summary>
    internal abstract Task KillAsync();

    /// <summary>Gives back what it still holds after it was stopped.</summary>
    internal virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
