using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Health;

/// <summary>Reports groups that fall behind.</summary>
internal sealed class LagHealth(MessagingGauges gauges, TimeProvider time, IOptions<MessagingOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var limit = options.Value.Lag.DegradedAfter;
        var now = time.GetUtcNow();
        var groups = gauges.Lag.Values.Select(
            lag => (Name: lag.Group, lag.Events, Seconds: lag.SecondsAt(now) is { } seconds ? Math.Round(seconds, 1) : (double?)null))
                .ToArray();
        var data = groups.ToDictionary(
            group => group.Name, object (group) => new Dictionary<string, object>(
                StringComparer.Ordinal) { ["events"] = group.Events, ["seconds"] = group.Seconds ?? (object)"unknown" },
            StringComparer.Ordinal);
        var over = groups.Where(group => !(group.Seconds <= limit.TotalSeconds))
            .Select(group => $"Group '{group.Name}' is {(group.Seconds is { } seconds ? $"{seconds:0}" : "unknown")} s and {group.Events} "
                + $"event(s) behind (Messaging:Lag:DegradedAfter is {limit.TotalSeconds:0} s).")
            .ToArray();
        return Task.FromResult(over.Length > 0
            ? HealthCheckResult.Degraded(string.Join(' ', over), data: data)
            : HealthCheckResult.Healthy(groups.Length == 0 ? "Not measured yet." : null, data));
    }
}
