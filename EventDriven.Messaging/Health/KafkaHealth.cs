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

    private readonly Lock _lock = new();

    // The client is not for concurrent use.
    private readonly Lock _clientLock = new();
    private readonly KafkaAdmin _admin = KafkaAdmin.Open(settings);
    private Task<string?>? _asking;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (await AskOnceAsync().WaitAsync(cancellationToken) is { } refusal)
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
        lock (_clientLock)
        {
            _admin.Dispose();
        }
    }

    // The client offers no asynchronous call; its timeout bounds it. Checks at the same time share one: while the broker is away, each
    // would hold a thread and wait for all before it, and anybody may ask for the health.
    private Task<string?> AskOnceAsync()
    {
        lock (_lock)
        {
            return _asking is { IsCompleted: false } asking ? asking : _asking = Task.Run(Ask);
        }
    }

    /// <summary>Why the broker refuses the client; null if it answers.</summary>
    /// <exception cref="KafkaException">It doesn't answer.</exception>
    private string? Ask()
    {
        lock (_clientLock)
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
