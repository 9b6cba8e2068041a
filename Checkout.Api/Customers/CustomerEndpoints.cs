using Checkout.Api.Database;
using Checkout.Api.Http;
using Checkout.Api.Orders;
using EventDriven.Contracts.Customers;
using EventDriven.Messaging.Outbox;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Customers;

/// <summary><c>POST /customers</c>.</summary>
internal static class CustomerEndpoints
{
    public static WebApplication MapCustomers(this WebApplication app)
    {
        app.MapPost("/customers", SignUpAsync)
            .WithTags("Customers")
            .WithName("SignUp")
            .WithSummary("Signs a customer up, once per e-mail address.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity);
        return app;
    }

    private static async Task<Results<Created<SignUpAnswer>, ProblemHttpResult>> SignUpAsync(
        SignUpRequest request, CheckoutDbContext database, IOutbox outbox, TimeProvider time, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.Require(EmailAddress.IsValid(request.Email), "email", "Must be an e-mail address.");
        errors.Require(IsName(request.Name), "name", $"Must have 1 to {SignUpRequest.MaxNameLength} characters, and no control characters.");
        if (errors.Any)
        {
            return errors.ToProblem();
        }

        var now = time.GetUtcTimestamp();
        var customer = new Customer
        {
            Id = Guid.CreateVersion7(now),
            Email = request.Email!,
            NormalizedEmail = EmailAddress.Normalize(request.Email!),
            Name = request.Name!,
            SignedUpAt = now,
        };
        database.Add(customer);
        outbox.Add(new UserSignedUp(customer.Id, customer.Email, customer.Name, now), now);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return TypedResults.Created((string?)null, new SignUpAnswer(customer.Id));
        }
        catch (DbUpdateException exception) when (exception.IsDuplicateOn(CustomerConfiguration.Table))
        {
            return Problems.Conflict("email", "Has signed up already.");
        }
    }

    private static bool IsName(string? name) =>
        !string.IsNullOrWhiteSpace(name) && name.Length <= SignUpRequest.MaxNameLength && !name.Any(char.IsControl);
}
