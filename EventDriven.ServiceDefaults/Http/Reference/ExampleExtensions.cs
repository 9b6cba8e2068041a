using System.Text.Json.Nodes;
using EventDriven.ServiceDefaults.Http.Failures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace EventDriven.ServiceDefaults.Http.Reference;

/// <summary>Puts examples into the OpenAPI document.</summary>
public static class ExampleExtensions
{
    /// <summary>Shows an example that is always the same.</summary>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, ApiExample example) =>
        endpoint.WithExample((_, _) => Task.FromResult<ApiExample?>(example));

    /// <summary>
    /// Shows an example about what is there: an id that is made up works nowhere. It is read whenever the document is; null, as long as there is nothing
    /// to show.
    /// </summary>
    public static RouteHandlerBuilder WithExample(
        this RouteHandlerBuilder endpoint, Func<IServiceProvider, CancellationToken, Task<ApiExample?>> read) =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            await using var scope = context.ApplicationServices.CreateAsyncScope();
            try
            {
                if (await read(scope.ServiceProvider, cancellationToken) is { } example)
                {
                    Show(example, operation);
                }
            }
            catch (Exception exception) when (DatabaseFailures.CodeOf(exception) is not null)
            {
                // The document is worth reading without its examples, too.
            }
        });

    private static void Show(ApiExample example, OpenApiOperation operation)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter.Name is { } name && example.Parameters.TryGetValue(name, out var value))
            {
                parameter.Example = JsonValue.Create(value);
            }
        }

        if (example.Body is not null && operation.RequestBody?.Content is { } content)
        {
            foreach (var media in content.Values)
            {
                media.Example = example.Body.DeepClone();
            }
        }
    }
}
