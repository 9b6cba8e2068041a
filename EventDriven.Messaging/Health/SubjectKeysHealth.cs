using EventDriven.Messaging.Privacy.Sealing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Messaging.Health;

/// <summary>Degrades the service while the keys of personal data can't be had: the events that need them wait.</summary>
internal sealed class SubjectKeysHealth(SubjectKeyCache keys) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keys.Failure is { } failure
            ? HealthCheckResult.Degraded($"{failure} Events with personal data wait for it.")
            : HealthCheckResult.Healthy());
}
