namespace EventDriven.LocalHost;

/// <summary>Where a resource is in its life.</summary>
public enum ResourceState
{
    /// <summary>What it depends on isn't ready yet, or it hasn't been asked to start.</summary>
    Waiting,

    /// <summary>Its process runs; its health check hasn't succeeded yet.</summary>
    Starting,

    /// <summary>Its health check has succeeded.</summary>
    Running,

    /// <summary>It ran to its end with exit code 0.</summary>
    Completed,

    /// <summary>It was asked to stop, or was killed on purpose.</summary>
    Stopped,

    /// <summary>It could not start, or died without being asked to.</summary>
    Failed,
}
