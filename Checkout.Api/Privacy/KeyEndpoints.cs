using Checkout.Api.Database;
using EventDriven.Identity;
using EventDriven.ServiceDefaults.Authorization;
using EventDriven.ServiceDefaults.Http;
using EventDriven.ServiceDefaults.Http.Overload;
using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Checkout.Api.Privacy;

/// <summary><c>GET /keys/{id}</c>, for services that may read personal data.</summary>
internal static class KeyEndpoints
{
    public static WebApplication MapKeys(this WebApplication app)
    {
        var keys = app.MapGroup("/keys").WithTags("Keys").RequireAuthorization(Scopes.KeysRead, Policies.Services);
        keys.MapGet("/{id:guid}", GetAsync)
            .WithName("GetKey")
            .WithSummary("A key of a customer's personal data, for services that may read it.")
            .WithDescription(
                "410 means that the customer was forgotten and the key is destroyed: what it has sealed is read as null, for ever. 404 "
                + "means that there never was such a key. Keep it in memory only, and not for long.")
            .Produces<KeyAnswer>()
            .ProducesProblems(404, 410, 503)
            .WithExample(NewestAsync)
            .ReserveConcurrency();
        return app;
    }

    private static async Task<IResult> GetAsync(
        Guid id, HttpContext http, CheckoutDbContext database, MasterKeys masters, CancellationToken cancellationToken)
    {
        // A cache that keeps a key outlives its destruction.
        http.Response.Headers[HeaderNames.CacheControl] = "no-store";
        var stored = await database.CustomerKeys.AsNoTracking()
            .SingleOrDefaultAsync(k => k.KeyId == id && k.CustomerId != Guid.Empty, cancellationToken);
        return stored switch
        {
            null => Problems.NotFound("id", "There is no such key.", CheckoutProblemCodes.UnknownKey),
            { Wrapped: null } => Problems.Of(
                StatusCodes.Status410Gone,
                "id",
                "The customer was forgotten, and the key is destroyed.",
                CheckoutProblemCodes.KeyDestroyed),
            _ => TypedResults.Ok(new KeyAnswer(id, stored.CustomerId, masters.Unwrap(stored))),
        };
    }

    private static async Task<ApiExample?> NewestAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var newest = await services.GetRequiredService<CheckoutDbContext>().CustomerKeys
            .Where(k => k.CustomerId != Guid.Empty && k.Wrapped != null)
            .OrderByDescending(k => k.KeyId).Select(k => (Guid?)k.KeyId).FirstOrDefaultAsync(cancellationToken);
        return newest is { } id ? ApiExample.Of("id", id.ToString()) : null;
    }
}
