using System.Security.Claims;
using System.Text.Json.Nodes;
using Checkout.Api.Callers;
using Checkout.Api.Idempotency;
using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.AspNetCore.Mvc;

namespace Checkout.Api.Customers;

/// <summary><c>POST /customers</c>.</summary>
internal static class CustomerEndpoints
{
    private static readonly ApiExample Example = ApiExample.Of(
        IdempotencyKey.Header, "example-customer-1", new JsonObject { ["email"] = "grace@example.org", ["name"] = "Grace Hopper" });

    // The address is unique, so a repeated request creates no second customer. Without a key, the caller only learns that the address is
    // taken.
    private static readonly RepeatRule Repeat = RepeatRule.SameKey with
    {
        Detail = "It may have been carried out. Repeat it with the same Idempotency-Key and body. Without a key, 409 for the address says "
            + "that it was carried out.",
    };

    public static WebApplication MapCustomers(this WebApplication app)
    {
        app.MapPost("/customers", SignUpAsync)
            .RequireAuthorization(Scopes.Orders)
            .WithTags("Customers")
            .WithName("SignUp")
            .WithSummary("Signs a customer up, once per e-mail address.")
            .WithDescription(
                "A customer signs itself up: its id and its address are those of the token. `Idempotency-Key` may be given: the same key "
                + "with the same body gives the first answer again.")
            .Produces<SignUpAnswer>(StatusCodes.Status201Created)
            .ProducesProblems(400, 409, 413, 415, 422, 503)
            .WithExample(Example)
            .WithMetadata(Repeat);
        return app;
    }

    private static async Task<IResult> SignUpAsync(
        [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey,
        SignUpRequest request,
        ClaimsPrincipal user,
        SignUp signUp,
        CancellationToken cancellationToken)
    {
        if (idempotencyKey is not null && !IdempotencyKey.IsValid(idempotencyKey))
        {
            return IdempotencyKey.Problem();
        }

        var errors = new FieldErrors();
        errors.Require(EmailAddress.IsValid(request.Email), "email", "Must be an e-mail address.");
        errors.Require(
            IsName(request.Name), "name", $"Must have 1 to {SignUpRequest.MaxNameLength} characters, and no control characters.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var caller = Caller.Of(user);
        return caller.Refuse(customer: null, request.Email!)
            ?? await signUp.ExecuteAsync(
                idempotencyKey is null ? null : IdempotentCall.Of(caller, idempotencyKey, request, CheckoutJson.Default.SignUpRequest),
                request, caller, cancellationToken);
    }

    private static bool IsName(string? name) =>
        !string.IsNullOrWhiteSpace(name) && name.Length <= SignUpRequest.MaxNameLength && !name.Any(char.IsControl);
}
