using EventDriven.Messaging;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.Options;

namespace Checkout.Api.Payments.Refunding;

/// <summary>
/// Sends due refunds. If an answer was lost, the command is sent again with the same idempotency key, so the provider refunds once.
/// </summary>
internal sealed partial class RefundBatch(
    RefundQueue queue, PaymentProvider provider, RefundTelemetry telemetry, IOptions<PaymentOptions> options, TimeProvider time,
    ILogger<RefundBatch> logger)
{
    /// <summary>Most refunds taken at a time.</summary>
    internal const int Size = 20;

    private static readonly TimeSpan NotingTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Takes a batch and sends it, one after another.</summary>
    /// <returns>Whether more refunds may be worth trying now.</returns>
    public async Task<bool> SendAsync(CancellationToken stoppingToken)
    {
        var lease = Guid.CreateVersion7(time.GetUtcNow());
        var taking = time.GetTimestamp();
        var taken = await queue.TakeAsync(lease, Size, stoppingToken);
        var bound = options.Value.Lease - options.Value.Timeout;
        var outcome = ProviderOutcome.Confirmed;
        var tried = 0;
        try
        {
            for (; tried < taken.Count && time.GetElapsedTime(taking) < bound && !stoppingToken.IsCancellationRequested; tried++)
            {
                outcome = await SendAsync(taken[tried], lease, outcome);
            }
        }
        finally
        {
            if (tried < taken.Count)
            {
                using var timeout = new CancellationTokenSource(NotingTimeout, time);
                await queue.ReleaseAsync(lease, timeout.Token);
            }
        }

        return outcome.Verdict != ProviderVerdict.Unreachable && (taken.Count == Size || tried < taken.Count);
    }

    private async Task<ProviderOutcome> SendAsync(DueRefund refund, Guid lease, ProviderOutcome before)
    {
        CorrelationContext.Current = new CorrelationContext(refund.CorrelationId, refund.CausationId);
        using var scope = logger.BeginScope(new CorrelationScope(CorrelationContext.Current));
        using var activity = telemetry.StartSending(refund);

        // Not the host's token: a command that is under way finishes within the client's timeout. If the provider doesn't answer one
        // command, the rest of the batch is not sent.
        var outcome = before.Verdict == ProviderVerdict.Unreachable ? before : await provider.RefundAsync(refund, CancellationToken.None);
        telemetry.Tried(outcome, activity);

        using var timeout = new CancellationTokenSource(NotingTimeout, time);
        if (outcome.Verdict == ProviderVerdict.Confirmed)
        {
            await queue.ConfirmedAsync(refund, timeout.Token);
            Log.Refunded(logger, refund.ProviderReference, refund.OrderId, refund.Reason);
            return outcome;
        }

        var pause = RefundBackOff.After(options.Value, outcome.Verdict, refund.Attempts + 1, Random.Shared.NextDouble());
        await queue.PostponedAsync(refund, lease, outcome, pause, timeout.Token);
        if (outcome.Verdict == ProviderVerdict.Refused)
        {
            Log.Refused(logger, refund.ProviderReference, refund.OrderId, outcome.Error, pause);
        }
        else
        {
            Log.NotSent(logger, refund.ProviderReference, refund.OrderId, refund.Attempts + 1, outcome.Error, pause);
        }

        return outcome;
    }

    private static partial class Log
    {
        [LoggerMessage(2211, LogLevel.Information, "Payment {ProviderReference} of order {OrderId} was refunded ({Reason}).")]
        public static partial void Refunded(ILogger logger, string providerReference, Guid orderId, string reason);

        [LoggerMessage(
            2212,
            LogLevel.Error,
            "Refund of payment {ProviderReference} of order {OrderId} was refused by the payment provider: {Error}. A person must act. The "
            + "refund is tried again in {Pause}.")]
        public static partial void Refused(ILogger logger, string providerReference, Guid orderId, string? error, TimeSpan pause);

        [LoggerMessage(
            2213,
            LogLevel.Warning,
            "Payment {ProviderReference} of order {OrderId} was not refunded in attempt {Attempt}: {Error}. It is tried again in {Pause}.")]
        public static partial void NotSent(
            ILogger logger, string providerReference, Guid orderId, int attempt, string? error, TimeSpan pause);
    }
}
