using System.Data.Common;
using Checkout.Api.Orders.Paying;
using Microsoft.Extensions.Options;

namespace Checkout.Api.Payments.Refunding;

/// <summary>
/// Sends refunds after a commit that made one due, and periodically those that are due again or were left by another instance. It also
/// measures the backlog.
/// </summary>
internal sealed partial class RefundSender(
    IServiceScopeFactory scopes,
    RefundSignal signal,
    RefundTelemetry telemetry,
    IOptions<PaymentOptions> options,
    ILogger<RefundSender> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendAllAsync(stoppingToken);
                await MeasureAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or InvalidOperationException or TimeoutException
                || (exception is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                // The database is away. The refunds are still there at the next poll.
                Log.Failed(logger, exception);
            }

            await signal.WaitAsync(options.Value.PollEvery, stoppingToken);
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        bool more;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            more = await scope.ServiceProvider.GetRequiredService<RefundBatch>().SendAsync(cancellationToken);
        }
        while (more);
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        telemetry.Backlog = await scope.ServiceProvider.GetRequiredService<RefundQueue>().MeasureAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(2214, LogLevel.Warning, "Due refunds could not be read or recorded. They are tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
