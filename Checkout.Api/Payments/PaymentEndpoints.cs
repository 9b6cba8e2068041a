using Checkout.Api.Database;
using Checkout.Api.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Messaging.Outbox;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Payments;

/// <summary><c>POST /payments/webhook</c>: the payment provider says that it captured the money, as often as it likes.</summary>
internal static class PaymentEndpoints
{
    public static WebApplication MapPayments(this WebApplication app)
    {
        app.MapPost("/payments/webhook", CaptureAsync)
            .WithTags("Payments")
            .WithName("CapturePayment")
            .WithSummary("Takes note of a captured payment, once per provider reference.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(OrderExamples.PaymentAsync)
            .WithMetadata(RepeatRule.Idempotent);
        return app;
    }

    private static async Task<Results<Ok, ProblemHttpResult>> CaptureAsync(
        PaymentNotice notice, CheckoutDbContext database, IOutbox outbox, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(Guid.TryParse(notice.OrderId, out var orderId), "orderId", "Must be a UUID.");
        errors.Require(
            notice.ProviderReference is { Length: > 0 and <= PaymentNotice.MaxReferenceLength } given && !given.AsSpan().ContainsAnyExceptInRange('!', '~'),
            "providerReference",
            $"Must be given: 1 to {PaymentNotice.MaxReferenceLength} visible ASCII characters.");
        errors.Require(notice.Amount is not null, "amount", "Must be given.");
        errors.Require(notice.Currency is not null, "currency", "Must be given.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var order = await database.Orders.Where(o => o.Id == orderId).Select(o => new { o.Total, o.Currency }).SingleOrDefaultAsync(cancellationToken);
        if (order is null)
        {
            return OrderProblems.Unknown(orderId, "orderId");
        }

        errors.Require(notice.Amount == order.Total, "amount", $"Must be the order's total, {order.Total}.");
        errors.Require(notice.Currency == order.Currency, "currency", $"Must be the order's currency, {order.Currency}.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var reference = notice.ProviderReference!;
        if (await FindOrderAsync(database, reference, cancellationToken) is { } known)
        {
            return Known(known, orderId);
        }

        var now = time.GetUtcTimestamp();
        database.Add(new Payment { ProviderReference = reference, OrderId = orderId, Amount = order.Total, Currency = order.Currency, CapturedAt = now });
        outbox.Add(new PaymentCaptured(orderId, reference, order.Total, order.Currency, now), now);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return TypedResults.Ok();
        }
        catch (DbUpdateException exception) when (exception.IsDuplicateOn(PaymentConfiguration.Table))
        {
            // The same call came twice at once, and the other one was first.
            return Known((await FindOrderAsync(database, reference, cancellationToken))!.Value, orderId);
        }
    }

    private static Task<Guid?> FindOrderAsync(CheckoutDbContext database, string reference, CancellationToken cancellationToken) =>
        database.Payments.Where(p => p.ProviderReference == reference).Select(p => (Guid?)p.OrderId).SingleOrDefaultAsync(cancellationToken);

    private static Results<Ok, ProblemHttpResult> Known(Guid paidOrderId, Guid orderId) => paidOrderId == orderId
        ? TypedResults.Ok()
        : Problems.Conflict("providerReference", "Was used for another order.");
}
