using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Messaging.Health;

/// <summary>Reports topics that the broker lacks.</summary>
internal sealed class TopicsHealth(MissingTopics missing) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var topics = missing.All;
        return Task.FromResult(topics.Count > 0
            ? HealthCheckResult.Degraded(string.Join(' ', topics.Select(topic => $"{topic.Missing}.")))
            : HealthCheckResult.Healthy());
    }
}
