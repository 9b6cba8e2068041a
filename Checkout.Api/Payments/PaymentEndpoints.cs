using Checkout.Api.Orders;
using Checkout.Api.Payments.Capturing;
using Checkout.Api.Payments.StandIn;
using Checkout.Api.Payments.Webhooks;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Overload;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Checkout.Api.Payments;

/// <summary><c>POST /payments/webhook</c>: the payment provider announces captured money, possibly repeatedly.</summary>
internal static class PaymentEndpoints
{
    public static WebApplication MapPayments(this WebApplication app)
    {
        app.MapPost("/payments/webhook", CaptureAsync)
            .WithTags("Payments")
            .WithName("CapturePayment")
            .WithSummary("Takes note of a captured payment, once per provider reference.")
            .WithDescription(
                "Only what the payment provider signed is accepted (Standard Webhooks 1.0.0). Payments of an order add up to its total at "
                + "most. One that is more than is still to be paid, or comes for an order that was cancelled or rejected, is answered with "
                + "409, announced, and refunded; `outstanding` says what is still to be paid, `reason` why it is refused.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
            .RequiresSignature()
            .WithExample(OrderExamples.PaymentAsync)
            .WithMetadata(RepeatRule.Idempotent)
            .ReserveConcurrency()

            // The signature authenticates the provider, which has no token.
            .AllowAnonymous();
        app.MapProviderStandIn();
        return app;
    }

    private static async Task<Results<Ok, ProblemHttpResult>> CaptureAsync(
        PaymentNotice notice, CapturePayment capturePayment, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        return PaymentNoticeValidation.Validate(notice, errors) is { } capture
            ? await capturePayment.ExecuteAsync(capture, cancellationToken)
            : errors.ToProblem();
    }
}
