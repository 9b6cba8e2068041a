using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.ServiceDefaults.Health;

/// <summary>
/// Checks that the service's own database answers. Anybody may ask for the health, as often as they like, so that one question counts for
/// all who ask meanwhile, and within a second afterwards.
/// </summary>
internal sealed class DatabaseHealth<TContext>(IServiceScopeFactory scopes, TimeProvider time) : IHealthCheck
    where TContext : DbContext
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    // A check's callers have their own bound (HealthSetup); this one ends the question when all of them are gone.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<bool>? _asking;
    private long _askedAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await AskOnceAsync().WaitAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer.");

    private Task<bool> AskOnceAsync()
    {
        lock (_lock)
        {
            if (_asking is { } asking && (!asking.IsCompleted || time.GetElapsedTime(_askedAt) < Fresh))
            {
                return asking;
            }

            _askedAt = time.GetTimestamp();
            return _asking = Task.Run(AskAsync);
        }
    }

    private async Task<bool> AskAsync()
    {
        using var bounded = new CancellationTokenSource(Bound, time);
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<TContext>().Database.CanConnectAsync(bounded.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
