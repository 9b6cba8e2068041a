using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Notifications.Worker.Sending;

/// <summary>
/// Sends messages after a commit that wrote some, and periodically those that are due again or were left by another instance.
/// </summary>
internal sealed partial class MailSender(
    IServiceScopeFactory scopes, MailSignal signal, IOptions<MailOptions> options, TimeProvider time,
    ILogger<MailSender> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SendAllAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or InvalidOperationException or TimeoutException
                || (exception is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                // The database is away. The messages are still there at the next poll.
                Log.Failed(logger, exception);
            }

            await signal.WaitAsync(options.Value.PollEvery, stoppingToken);
            await Task.Delay(options.Value.Gather, time, stoppingToken);
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<MailWithdrawal>().RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A copy that can't be removed must not keep the mails of others.
            Log.NotWithdrawn(logger, exception);
        }

        bool more;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            more = await scope.ServiceProvider.GetRequiredService<MailBatch>().SendAsync(cancellationToken);
        }
        while (more);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Due messages could not be read or recorded. They are tried again.")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(3, LogLevel.Error, "A copy of a mail to a forgotten customer could not be removed. It is tried again.")]
        public static partial void NotWithdrawn(ILogger logger, Exception exception);
    }
}
