namespace EventDriven.AppHost.Targets;

/// <summary>
/// What a container may take, in each target. A service takes 172 to 210 MiB when little happens (docs/performance.md, idle), and less than
/// its limit when there is more to do than it can (overload-memory).
/// </summary>
/// <param name="Processors">Cores at most.</param>
/// <param name="MemoryMiB">Memory at most.</param>
internal sealed record Limits(double Processors, int MemoryMiB)
{
    /// <summary>Of a service.</summary>
    public static readonly Limits Service = new(1, 512);

    /// <summary>Of a command that runs to its end.</summary>
    public static readonly Limits Job = new(0.5, 256);

    /// <summary>Of a server that runs as a container.</summary>
    public static readonly Limits Server = new(2, 2048);
}
