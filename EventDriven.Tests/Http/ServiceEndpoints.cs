using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EventDriven.Tests.Http;

/// <summary>The endpoints that a service really has.</summary>
internal static class ServiceEndpoints
{
    /// <summary>Each with its methods; GET for one that names none.</summary>
    public static IEnumerable<(string Method, RouteEndpoint Endpoint)> Of(IServiceApp app) =>
        from endpoint in app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<ISuppressMatchingMetadata>() is null
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, endpoint);

    /// <summary>As docs/access.md names an endpoint: <c>GET /orders/{id:guid}</c>.</summary>
    public static string NameOf(string method, RouteEndpoint endpoint) =>
        $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}";
}
