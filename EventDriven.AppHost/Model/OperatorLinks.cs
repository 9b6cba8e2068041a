namespace EventDriven.AppHost.Model;

/// <summary>Links of a service in the dashboard, for operators. Its page in the control room belongs here, too.</summary>
internal static class OperatorLinks
{
    public static IResourceBuilder<ProjectResource> WithOperatorLinks(this IResourceBuilder<ProjectResource> service) => service
        .WithUrlForEndpoint("http", _ => Link("/scalar", "API reference"))
        .WithUrlForEndpoint("http", _ => Link("/health", "Health"))
        .WithUrlForEndpoint("http", _ => Link("/lag", "Lag"));

    private static ResourceUrlAnnotation Link(string path, string text) => new() { Url = path, DisplayText = text };
}
