using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Messaging.Health;

/// <summary>Reports topics that are missing on the broker or are not as the service needs them.</summary>
internal sealed class TopicsHealth(TopicFaults faults) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var all = faults.All;
        return Task.FromResult(all.Count > 0
            ? HealthCheckResult.Degraded(string.Join("; ", all.Select(fault => fault.Text)))
            : HealthCheckResult.Healthy());
    }
}
