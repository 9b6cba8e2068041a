using EventDriven.ServiceDefaults.Http.Reference;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace Checkout.Api.Payments.Webhooks;

/// <summary>Endpoints that accept signed messages only.</summary>
internal static class SignedEndpoint
{
    // RFC 9110, section 15.5.2, wants a challenge with each 401; no scheme is registered for signed webhooks.
    private const string Challenge = "StandardWebhooks";

    private static readonly (string Name, string Description)[] Headers =
    [
        (WebhookHeaders.IdName, "The message's id, the same when it is sent again: 1 to 255 visible ASCII characters without a full stop."),
        (WebhookHeaders.TimestampName, "When it is sent, in seconds since 1970; at most 5 minutes from the server's time."),
        (WebhookHeaders.SignatureName, "`v1,` and the base64 of the HMAC-SHA-256 of `{id}.{timestamp}.{body}`. A space separates several."),
    ];

    /// <summary>
    /// Refuses what is not signed with 401, before the body is parsed. Filters would come too late: they see what is parsed already.
    /// </summary>
    public static RouteHandlerBuilder RequiresSignature(this RouteHandlerBuilder endpoint)
    {
        endpoint.Add(builder =>
        {
            var handle = builder.RequestDelegate!;
            builder.RequestDelegate = http => HandleAsync(http, handle);
        });
        return endpoint.ProducesProblems(StatusCodes.Status401Unauthorized).AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters = [.. operation.Parameters ?? [], .. Headers.Select(Parameter)];
            return Task.CompletedTask;
        });
    }

    private static async Task HandleAsync(HttpContext http, RequestDelegate handle)
    {
        var verifier = http.RequestServices.GetRequiredService<WebhookVerifier>();
        if (await verifier.RefusalAsync(http.Request, http.RequestAborted) is { } refusal)
        {
            http.Response.Headers[HeaderNames.WWWAuthenticate] = Challenge;
            await refusal.ExecuteAsync(http);
            return;
        }

        await handle(http);
    }

    private static OpenApiParameter Parameter((string Name, string Description) header) => new()
    {
        Name = header.Name,
        In = ParameterLocation.Header,
        Required = true,
        Description = header.Description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
