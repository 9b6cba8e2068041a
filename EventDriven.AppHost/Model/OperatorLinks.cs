using System.Globalization;
using EventDriven.Hosting.Services;

namespace EventDriven.AppHost.Model;

/// <summary>Links of a service in the dashboard, for operators.</summary>
internal static class OperatorLinks
{
    private const string Endpoint = "http";

    public static IResourceBuilder<ProjectResource> WithOperatorLinks(this IResourceBuilder<ProjectResource> service) => service
        .WithUrlForEndpoint(Endpoint, _ => Link("/scalar", "API reference"))
        .WithUrlForEndpoint(Endpoint, _ => Link("/health", "Health"))
        .WithUrlForEndpoint(Endpoint, _ => Link("/lag", "Lag"));

    /// <summary>
    /// Links a service to its place in the control room's flow and to its group's dead letters. Whoever has no session there is asked to
    /// sign in first.
    /// </summary>
    /// <param name="service">The service; its group has the same name.</param>
    /// <param name="room">The control room.</param>
    public static void WithControlRoomLinks(this IResourceBuilder<ProjectResource> service, IResourceBuilder<ProjectResource> room)
    {
        var name = service.Resource.ServiceName();
        var address = room.GetEndpoint(Endpoint);
        service.WithUrls(context =>
        {
            if (Address(address) is { } url)
            {
                context.Urls.Add(Link($"{url}/#service-{name}", "Control room"));
                context.Urls.Add(Link($"{url}/dead-letters?group={Uri.EscapeDataString(name)}", "Dead letters"));
            }
        });
    }

    private static ResourceUrlAnnotation Link(string path, string text) => new() { Url = path, DisplayText = text };

    // Nobody waits for the other resource: a port that is chosen at the start may not be known yet.
    private static string? Address(EndpointReference room) => room switch
    {
        { IsAllocated: true } => room.Url,
        { EndpointAnnotation.Port: { } port } => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"),
        _ => null,
    };
}
