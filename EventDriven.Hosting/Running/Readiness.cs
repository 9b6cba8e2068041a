using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Hosting.Running;

/// <summary>
/// Health checks that notice quickly that a resource is ready. Aspire runs a check again after 1, 2, 3, 4 and 5 s; these checks poll by
/// themselves meanwhile and answer within a tenth of a second of the change.
/// </summary>
internal static class Readiness
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Makes the resource healthy while <paramref name="isReady"/> returns true. An exception becomes the reason for being unhealthy.
    /// </summary>
    public static IResourceBuilder<T> WithReadiness<T>(
        this IResourceBuilder<T> resource, Func<CancellationToken, Task<bool>> isReady, string check = "ready")
        where T : IResource
    {
        var key = $"{resource.Resource.Name}-{check}";
        resource.ApplicationBuilder.Services.AddHealthChecks()
            .AddAsyncCheck(key, cancellationToken => CheckAsync(isReady, cancellationToken));
        return resource.WithHealthCheck(key);
    }

    private static async Task<HealthCheckResult> CheckAsync(
        Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(Patience);
        try
        {
            while (!await isReady(bounded.Token))
            {
                await Task.Delay(Interval, bounded.Token);
            }

            return HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("It does not answer.");
        }
    }
}
