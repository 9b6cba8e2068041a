using Checkout.Api.Database;
using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.EntityFrameworkCore;

namespace Checkout.Api.Customers.Forgetting;

/// <summary><c>DELETE /customers/{id}</c>, in a group of its own: it is no customer's call.</summary>
internal static class ForgetCustomerEndpoint
{
    public static void MapForgetCustomer(this WebApplication app)
    {
        var customers = app.MapGroup("/customers").WithTags("Customers").RequireAuthorization(Scopes.OrdersWrite);
        customers.MapDelete("/{id:guid}", HandleAsync)
            .WithName("ForgetCustomer")
            .WithSummary("Forgets a customer: destroys the key of their e-mail address and name.")
            .WithDescription(
                "It can't be undone. Orders go on without mails, and new ones with this customer id are refused. The person may sign up "
                + "again and is then another customer. A customer who was forgotten already is 204 too; 404 means that there never was "
                + "one.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(404, 503)
            .WithExample(NewestAsync)
            .WithMetadata(RepeatRule.Idempotent);
    }

    private static async Task<IResult> HandleAsync(Guid id, ForgetCustomer forget, CancellationToken cancellationToken) =>
        await forget.ExecuteAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("id", "There never was such a customer.");

    private static async Task<ApiExample?> NewestAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var newest = await services.GetRequiredService<CheckoutDbContext>().Customers
            .OrderByDescending(c => c.Id).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(cancellationToken);
        return newest is { } id ? ApiExample.Of("id", id.ToString()) : null;
    }
}
