using EventDriven.LocalHost.Storage;

namespace EventDriven.LocalHost.Processes;

/// <summary>What to run, and how it is asked to stop.</summary>
internal sealed record ProcessSpec(string Program, IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? WorkingDirectory { get; init; }

    /// <summary>Whom to run it as; null means as whom this process runs.</summary>
    public SystemUser? User { get; init; }

    /// <summary>Asks it to stop in order.</summary>
    public ProcessSignal StopSignal { get; init; } = ProcessSignal.Term;

    /// <summary>What the kernel sends when this process dies, however it dies: servers close their files, services needn't.</summary>
    public ProcessSignal ParentDeathSignal { get; init; } = ProcessSignal.Term;

    /// <summary>How long it may take to stop in order.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
