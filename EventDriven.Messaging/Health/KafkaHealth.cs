using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Messaging.Health;

/// <summary>Checks that a broker answers.</summary>
internal sealed class KafkaHealth(KafkaProbe probe) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // The client offers no asynchronous call. Its timeout bounds it.
            await Task.Run(probe.Ask, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (KafkaException exception)
        {
            return new HealthCheckResult(
                context.Registration.FailureStatus, $"No broker answers ({exception.Error.Code}); events wait in the outbox.", exception);
        }
    }
}
