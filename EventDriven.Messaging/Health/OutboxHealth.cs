using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Health;

/// <summary>Reports committed events that don't reach the broker.</summary>
internal sealed class OutboxHealth(MessagingGauges gauges, TimeProvider time, IOptions<MessagingOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var outbox = gauges.Outbox;
        var age = Math.Round(outbox.AgeAt(time.GetUtcNow()).TotalSeconds, 1);
        var limit = options.Value.Outbox.DegradedAfter;
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["pending"] = outbox.Pending, ["oldestSeconds"] = age };
        return Task.FromResult(age > limit.TotalSeconds
            ? HealthCheckResult.Degraded(
                $"{outbox.Pending} event(s) wait in the outbox, the oldest for {age:0} s (Messaging:Outbox:DegradedAfter is "
                + $"{limit.TotalSeconds:0} s).", data: data)
            : HealthCheckResult.Healthy(data: data));
    }
}
