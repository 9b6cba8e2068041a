namespace EventDriven.AppHost.Model;

/// <summary>Services of which a deployment runs one instance.</summary>
internal static class SingleInstance
{
    /// <summary>The service handles no events, and what it knows is in its memory: a second instance would know something else.</summary>
    public static IResourceBuilder<ProjectResource> AsSingleInstance(this IResourceBuilder<ProjectResource> service) =>
        service.WithAnnotation(new Annotation());

    /// <summary>Whether the service never scales.</summary>
    public static bool IsSingleInstance(this IResource service) => service.Annotations.OfType<Annotation>().Any();

    private sealed class Annotation : IResourceAnnotation;
}
