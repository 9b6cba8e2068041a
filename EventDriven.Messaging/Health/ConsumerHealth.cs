using EventDriven.Messaging.DeadLetters;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Messaging.Health;

/// <summary>Does a group pause because too much fails? Usually that is a broken deployment, which must not count as ready.</summary>
internal sealed class ConsumerHealth(HaltedGroups halted) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reasons = halted.All;
        return Task.FromResult(reasons.Count > 0
            ? HealthCheckResult.Unhealthy(string.Join(' ', reasons.Select(group => $"Group '{group.Key}' pauses: {group.Value}.")))
            : HealthCheckResult.Healthy());
    }
}
