using EventDriven.Messaging.Consuming.Failing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Health;

/// <summary>Reports producers that send records that the service's groups can't read.</summary>
internal sealed class UnreadableHealth(UnreadableRecords unreadable, IOptions<MessagingOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var limit = options.Value.DeadLetters.DegradedUnreadable;
        var counts = unreadable.WithinAMinute();
        var data = counts.ToDictionary(count => $"{count.Group}/{count.Topic}", object (count) => count.Records, StringComparer.Ordinal);
        var over = counts.Where(count => count.Records >= limit)
            .Select(count => $"Group '{count.Group}' could not read {count.Records} record(s) of {count.Topic} within a minute "
                + $"(Messaging:DeadLetters:DegradedUnreadable is {limit}): check their producer.")
            .ToArray();
        return Task.FromResult(over.Length > 0
            ? HealthCheckResult.Degraded(string.Join(' ', over), data: data)
            : HealthCheckResult.Healthy(data: data));
    }
}
