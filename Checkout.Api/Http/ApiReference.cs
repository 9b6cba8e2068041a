using Scalar.AspNetCore;

namespace Checkout.Api.Http;

/// <summary>The OpenAPI document (<c>/openapi/v1.json</c>) and the page that shows it (<c>/scalar</c>).</summary>
internal static class ApiReference
{
    public static void AddApiReference(this IHostApplicationBuilder builder) =>
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Checkout";
            document.Info.Description =
                "Takes orders, payments and sign-ups. Every error is a problem document (RFC 9457) that names the field in `errors`.";
            return Task.CompletedTask;
        }));

    public static WebApplication MapApiReference(this WebApplication app)
    {
        app.MapOpenApi();

        // The page brings its own scripts; without fonts from elsewhere it works offline.
        app.MapScalarApiReference(page => page.WithTitle("Checkout").DisableDefaultFonts());
        return app;
    }
}
