using Confluent.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.ServiceDefaults.Health;

/// <summary>Checks that a broker answers.</summary>
internal sealed class KafkaHealth(IProducer<byte[], byte[]> producer) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var admin = new DependentAdminClientBuilder(producer.Handle).Build();

            // The client offers no asynchronous call. The timeout bounds it.
            await Task.Run(() => admin.GetMetadata(Timeout), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (KafkaException exception)
        {
            return new HealthCheckResult(
                context.Registration.FailureStatus, $"No broker answers ({exception.Error.Code}); events wait in the outbox.", exception);
        }
    }
}
