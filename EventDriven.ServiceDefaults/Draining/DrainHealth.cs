using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.ServiceDefaults.Draining;

/// <summary>Says that an instance which ends is not ready, so that load balancers choose others.</summary>
internal sealed class DrainHealth(Drain drain) : IHealthCheck
{
    private static readonly Task<HealthCheckResult> Ready = Task.FromResult(HealthCheckResult.Healthy());
    private static readonly Task<HealthCheckResult> Ending =
        Task.FromResult(HealthCheckResult.Unhealthy("The instance was asked to end."));

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        drain.HasBegun ? Ending : Ready;
}
