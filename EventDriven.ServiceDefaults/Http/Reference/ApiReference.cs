using EventDriven.ServiceDefaults.Http.Overload;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace EventDriven.ServiceDefaults.Http.Reference;

/// <summary>The OpenAPI document (<c>/openapi/v1.json</c>) of a service and the page that shows it (<c>/scalar</c>).</summary>
public static class ApiReference
{
    private const string Document = "v1";

    private const string Errors =
        """
        Errors are problem documents (RFC 9457) with a stable `code` and the request's `correlationId`; where an error is about fields of
        the request, `errors` names each. 429 and 503 come with `Retry-After`, and `repeat` says how the request may be repeated.
        """;

    /// <summary>Adds the document.</summary>
    /// <param name="builder">The service's host.</param>
    /// <param name="title">Name of the service.</param>
    /// <param name="description">What the service does, in a sentence.</param>
    public static IHostApplicationBuilder AddApiReference(this IHostApplicationBuilder builder, string title, string description)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = title;
                document.Info.Description = $"{description} {Errors}";
                return Task.CompletedTask;
            });
            options.AddSecurity();
            options.AddOperationTransformer((operation, context, _) =>
            {
                DescribeOverload(operation, context);
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                if (context.JsonTypeInfo.Type.IsAssignableTo(typeof(ProblemDetails)))
                {
                    DescribeProblem(schema);
                }

                return Task.CompletedTask;
            });
        });
        return builder;
    }

    /// <summary>Maps the document and the page.</summary>
    public static WebApplication MapApiReference(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapOpenApi().AddEndpointFilter(OnlyItsDocumentAsync).AllowAnonymous();

        // The page includes its scripts. Without external fonts, it works offline.
        app.MapScalarApiReference((page, http) => page
            .WithTitle(app.Environment.ApplicationName).DisableDefaultFonts().WithDevelopmentToken(http)).AllowAnonymous();
        return app;
    }

    /// <summary>Declares the statuses that an endpoint answers with a problem document.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            _ = status is StatusCodes.Status400BadRequest or StatusCodes.Status422UnprocessableEntity
                ? endpoint.ProducesValidationProblem(status)
                : endpoint.ProducesProblem(status);
        }

        return endpoint;
    }

    /// <summary>Documents a header as required although the code checks it itself, to answer with its own problem.</summary>
    public static RouteHandlerBuilder RequiresHeader(this RouteHandlerBuilder endpoint, string name) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(p => p.Name == name))
            {
                parameter.Required = true;
            }

            return Task.CompletedTask;
        });

    // The framework would answer the name of another document with 404 in plain text, which repeats the name.
    private static ValueTask<object?> OnlyItsDocumentAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        string.Equals(context.HttpContext.Request.RouteValues["documentName"] as string, Document, StringComparison.OrdinalIgnoreCase)
            ? next(context)
            : ValueTask.FromResult<object?>(
                Problems.NotFound("documentName", $"There is no such document. /openapi/{Document}.json describes this API."));

    // Every service refuses what it can't take on, whatever the endpoint.
    private static void DescribeOverload(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        operation.Responses ??= [];
        operation.Responses.TryAdd(
            "503", new OpenApiResponse { Description = "The service has too much to do, or a server that it needs does not answer." });
        if (context.ApplicationServices.GetService<CallerLimits>() is not null)
        {
            operation.Responses.TryAdd("429", new OpenApiResponse { Description = "The caller sends more requests than its share." });
        }
    }

    private static void DescribeProblem(OpenApiSchema schema)
    {
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        schema.Properties["code"] =
            new OpenApiSchema { Type = JsonSchemaType.String, Description = "What went wrong, for programs; never changes its meaning." };
        schema.Properties["correlationId"] =
            new OpenApiSchema { Type = JsonSchemaType.String, Description = "Names the request in every log and trace." };
        schema.Properties["repeat"] = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = "With 429 and 503: how to repeat a request that may have been carried out: as-is, same-key or look-first.",
        };
    }
}
