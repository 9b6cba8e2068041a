using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Messaging.Health;

/// <summary>Checks that a broker answers, with a client that is kept for the next time.</summary>
internal sealed class KafkaHealth(KafkaSettings settings) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    // The client is not for concurrent use.
    private readonly Lock _lock = new();
    private readonly KafkaAdmin _admin = KafkaAdmin.Open(settings);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // The client offers no asynchronous call. Its timeout bounds it.
            await Task.Run(Ask, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (KafkaException exception)
        {
            return new HealthCheckResult(
                context.Registration.FailureStatus, $"No broker answers ({exception.Error.Code}); events wait in the outbox.", exception);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _admin.Dispose();
        }
    }

    private void Ask()
    {
        lock (_lock)
        {
            try
            {
                _admin.Client.GetMetadata(Timeout);
                _admin.Rest();
            }
            catch (KafkaException)
            {
                _admin.Renew();
                throw;
            }
        }
    }
}
