using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Health;

/// <summary>Reports parked keys, which wait for an operator.</summary>
internal sealed class ParkedKeysHealth(MessagingGauges gauges, IOptions<MessagingOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var limit = options.Value.DeadLetters.DegradedParkedKeys;
        var data = gauges.ParkedKeys.ToDictionary(keys => keys.Key, object (keys) => keys.Value, StringComparer.Ordinal);
        var over = gauges.ParkedKeys.Where(keys => keys.Value >= limit)
            .Select(keys => $"{keys.Value} key(s) of group '{keys.Key}' are parked (Messaging:DeadLetters:DegradedParkedKeys is {limit}).")
            .ToArray();
        return Task.FromResult(over.Length > 0
            ? HealthCheckResult.Degraded(string.Join(' ', over), data: data)
            : HealthCheckResult.Healthy(data: data));
    }
}
