using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Checkout.Api.Payments.Refunding;

/// <summary>Reports refunds that the provider refuses or doesn't answer.</summary>
internal sealed class RefundHealth(RefundTelemetry telemetry, IOptions<PaymentOptions> options, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var backlog = telemetry.Backlog;
        var age = backlog.AgeAt(time.GetUtcNow());
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["pending"] = backlog.Pending,
            ["failed"] = backlog.Failed,
            ["oldestSeconds"] = Math.Round(age.TotalSeconds, 1),
        };
        return Task.FromResult(
            backlog.Failed > 0
                ? HealthCheckResult.Degraded($"The payment provider refused {backlog.Failed} refund(s). A person must act.", data: data)
            : age > options.Value.DegradedAfter ? HealthCheckResult.Degraded(
                $"{backlog.Pending} refund(s) wait for the payment provider, the oldest for {age.TotalSeconds:0} s (Payments:DegradedAfter "
                + $"is {options.Value.DegradedAfter}).",
                data: data)
            : HealthCheckResult.Healthy(data: data));
    }
}
