using Aspire.Hosting.ApplicationModel;

namespace EventDriven.Hosting.Data;

/// <summary>Adds to the state file of a running application (<see cref="DataDirectory.StatePath"/>).</summary>
public static class StateEntryExtensions
{
    /// <summary>
    /// Adds an environment variable that services of the application have, for the operator commands and for what they start beside it. It
    /// may be a secret, because only its owner may read the file.
    /// </summary>
    /// <param name="resource">Any resource that has the variable.</param>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    public static IResourceBuilder<T> WithStateEntry<T>(this IResourceBuilder<T> resource, string name, string value)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.WithAnnotation(new StateEntry(name, value));
    }
}
