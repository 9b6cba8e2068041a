using EventDriven.Messaging.Consuming.Failing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Messaging.Health;

/// <summary>
/// Does a group pause a topic because too much of it fails? Usually that is a broken deployment, which must not count as ready. While failing events
/// only wait and others go on, the service is degraded.
/// </summary>
internal sealed class ConsumerHealth(CircuitBreakers halted) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var topics = halted.All;
        if (topics.Count == 0)
        {
            return Task.FromResult(HealthCheckResult.Healthy());
        }

        var description = string.Join(' ', topics.Select(topic => topic.IsPaused
            ? $"Group '{topic.Group}' pauses {topic.Topic}: {topic.Reason}."
            : $"Group '{topic.Group}' lets failing events of {topic.Topic} wait: {topic.Reason}."));
        return Task.FromResult(topics.Any(topic => topic.IsPaused) ? HealthCheckResult.Unhealthy(description) : HealthCheckResult.Degraded(description));
    }
}
