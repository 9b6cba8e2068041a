using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Messaging.Health;

/// <summary>
/// Checks that a broker answers and refuses the service nothing that it needs, with a client that is kept for the next time.
/// </summary>
internal sealed class KafkaHealth(KafkaSettings settings, BrokerRefusals refusals) : IHealthCheck, IDisposable
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
            if (await Task.Run(Ask, cancellationToken) is { } refusal)
            {
                return new HealthCheckResult(context.Registration.FailureStatus, $"{refusal} Events wait in the outbox and on the log.");
            }

            return refusals.All is { Count: > 0 } all
                ? new HealthCheckResult(context.Registration.FailureStatus, string.Join(' ', all))
                : HealthCheckResult.Healthy();
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

    /// <summary>Why the broker refuses the client; null if it answers.</summary>
    /// <exception cref="KafkaException">It doesn't answer.</exception>
    private string? Ask()
    {
        lock (_lock)
        {
            try
            {
                _admin.Client.GetMetadata(Timeout);
                _admin.Rest();
                return null;
            }
            catch (KafkaException)
            {
                var refusal = _admin.Refusal();
                _admin.Renew();
                if (refusal is null)
                {
                    throw;
                }

                return refusal;
            }
        }
    }
}
