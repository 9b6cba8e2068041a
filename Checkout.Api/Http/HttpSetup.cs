using System.Text.Json.Serialization;

namespace Checkout.Api.Http;

/// <summary>How Checkout speaks HTTP: JSON, limits, problem details and their documentation.</summary>
internal static class HttpSetup
{
    public static WebApplicationBuilder AddCheckoutHttp(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = BodyLimit.Bytes);
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, CheckoutJson.Default);

            // A number in quotes is a string, and "errors" says so.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        builder.AddApiReference();
        return builder;
    }

    public static WebApplication UseCheckoutHttp(this WebApplication app)
    {
        app.UseMiddleware<UnreadableRequests>();
        return app;
    }
}
