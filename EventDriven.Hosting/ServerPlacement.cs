namespace EventDriven.Hosting;

/// <summary>How a server runs that no connection string names.</summary>
public enum ServerPlacement
{
    /// <summary>A container.</summary>
    Containers,

    /// <summary>A process of this machine, from the operating system's packages.</summary>
    Processes,
}
