using System.Text.Json.Nodes;
using EventDriven.ServiceDefaults.Http.Failures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.OpenApi;

namespace EventDriven.ServiceDefaults.Http.Reference;

/// <summary>Adds examples to the OpenAPI document.</summary>
public static class ExampleExtensions
{
    /// <summary>Adds a fixed example.</summary>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, ApiExample example) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            Show(example, operation);
            return Task.CompletedTask;
        });

    /// <summary>
    /// Adds an example that uses existing data, because a made-up id would not work. It is read each time the document is read; null while
    /// there is no data. Only in the environment Development: the document is public, and data is not.
    /// </summary>
    public static RouteHandlerBuilder WithExample(
        this RouteHandlerBuilder endpoint, Func<IServiceProvider, CancellationToken, Task<ApiExample?>> read) =>
        endpoint.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            if (!context.ApplicationServices.GetRequiredService<IHostEnvironment>().IsDevelopment())
            {
                return;
            }

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
                // The document is useful even without its examples.
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
