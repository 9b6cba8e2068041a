using Checkout.Api.Database;
using Checkout.Api.Orders;
using Checkout.Api.Orders.Paying;
using Checkout.Api.Payments.Refunding;
using EventDriven.Messaging;
using EventDriven.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Payments.Capturing;

/// <summary>
/// Records captured money. It decides under the order's lock, which cancelling takes as well, so that concurrent captures can't exceed the
/// total, and a capture and a cancellation happen one after the other.
/// </summary>
internal sealed partial class CapturePayment(
    CheckoutDbContext database, IOutbox outbox, RefundSignal refunds, RefundTelemetry telemetry, TimeProvider time,
    ILogger<CapturePayment> logger)
{
    public async Task<Results<Ok, ProblemHttpResult>> ExecuteAsync(Capture capture, CancellationToken cancellationToken)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);

        // If the same reference comes for two orders at once, the second one waits here and then finds the first one's row, instead of
        // violating the key.
        await database.Database.ExecuteSqlAsync(
            $"SELECT pg_advisory_xact_lock(hashtextextended({capture.ProviderReference}, 1))", cancellationToken);
        if (await database.LockOrderAsync(capture.OrderId, cancellationToken) is not { } order)
        {
            return OrderProblems.Unknown(capture.OrderId, "orderId");
        }

        if (capture.Currency != order.Currency)
        {
            return Problems.Unprocessable("currency", $"Must be the order's currency, {order.Currency}.");
        }

        if (await database.Payments.AnyAsync(
            p => p.ProviderReference == capture.ProviderReference && p.OrderId != order.Id, cancellationToken))
        {
            return CaptureProblems.OfAnotherOrder();
        }

        var outcome = order.Capture(capture.ProviderReference, capture.Amount, time.GetUtcTimestamp());
        switch (outcome)
        {
            case CaptureOutcome.Taken taken:
                outbox.Add(taken.Fact, taken.Fact.CapturedAt);
                await CommitAsync();
                return TypedResults.Ok();

            case CaptureOutcome.Refused refused:
                outbox.Add(refused.Fact, refused.Fact.RefusedAt);
                await CommitAsync();
                Log.Refused(logger, capture.ProviderReference, order.Id, refused.Fact.Reason);
                telemetry.Refused(refused.Fact.Reason);
                refunds.Set();
                return CaptureProblems.Refused(refused.Fact.Reason, order);

            case CaptureOutcome.Repeated { Payment: var payment }:
                return payment.Refusal is null ? TypedResults.Ok() : CaptureProblems.Refused(payment.Refusal, order);

            default:
                return CaptureProblems.OfAnotherAmount();
        }

        async Task CommitAsync()
        {
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2201, LogLevel.Warning, "Payment {ProviderReference} was captured for order {OrderId}, which refuses it "
            + "({Reason}). It is refunded.")]
        public static partial void Refused(ILogger logger, string providerReference, Guid orderId, string reason);
    }
}
