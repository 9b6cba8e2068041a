using Aspire.Hosting.ApplicationModel;

namespace EventDriven.Hosting.Services;

/// <summary>Services of which there is one instance, whatever the setting <c>Replicas</c> says.</summary>
public static class SingleInstance
{
    /// <summary>The service handles no events, and what it knows is in its memory: a second instance would know something else.</summary>
    public static IResourceBuilder<ProjectResource> AsSingleInstance(this IResourceBuilder<ProjectResource> service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.WithAnnotation(new Annotation());
    }

    /// <summary>Whether the service never scales.</summary>
    public static bool IsSingleInstance(this IResource service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.Annotations.OfType<Annotation>().Any();
    }

    private sealed class Annotation : IResourceAnnotation;
}
