#if ASPIRE_KUBERNETES
using Aspire.Hosting.Kubernetes.Resources;

namespace EventDriven.AppHost.Targets;

/// <summary>What a <see cref="Job"/> does.</summary>
internal sealed class JobSpec
{
    /// <summary>Failures after which it is given up: a server that is installed with it has some minutes to start.</summary>
    public int BackoffLimit { get; set; } = 20;

    /// <summary>Seconds after which it is given up in any case.</summary>
    public int ActiveDeadlineSeconds { get; set; } = 900;

    /// <summary>Its pod.</summary>
    public PodTemplateSpecV1 Template { get; set; } = new();
}
#endif
