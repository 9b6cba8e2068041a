using System.ComponentModel.DataAnnotations;

namespace EventDriven.ServiceDefaults.Draining;

/// <summary>Section <c>Http:Drain</c>: how an instance that is asked to end leaves the load balancer (docs/deploy.md).</summary>
internal sealed class DrainOptions
{
    public const string Section = "Http:Drain";

    /// <summary>
    /// The delay unless another one is set. Longer than it takes a load balancer to notice: the probes under <c>deploy/</c> ask every 5 s
    /// and believe the second answer.
    /// </summary>
    public static readonly TimeSpan InDeployments = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long an instance still serves after it has begun to say that it is not ready; 15 s, and 0 in development. The time for requests
    /// and events in hand (<c>HostOptions.ShutdownTimeout</c>, 30 s) begins afterwards, so the platform must not kill the process before
    /// both have passed.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Delay { get; set; } = InDeployments;
}
