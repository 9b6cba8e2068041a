namespace Checkout.Api.Http;

/// <summary>Documents what the code checks itself, to answer with its own problem.</summary>
internal static class RequiredHeader
{
    /// <summary>Shows a header as required in the OpenAPI document.</summary>
    public static RouteHandlerBuilder RequiresHeader(this RouteHandlerBuilder endpoint, string name) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in (operation.Parameters ?? []).OfType<Microsoft.OpenApi.OpenApiParameter>().Where(p => p.Name == name))
            {
                parameter.Required = true;
            }

            return Task.CompletedTask;
        });
}
