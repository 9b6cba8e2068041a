using EventDriven.LocalHost.Resources;

namespace EventDriven.LocalHost.Model;

/// <summary>The instances of one project, configured together.</summary>
internal sealed class ProjectGroup(string name, IReadOnlyList<ProjectResource> instances)
{
    /// <summary>Gives every instance <c>ConnectionStrings__name</c>.</summary>
    public ProjectGroup WithReference(LocalResource server) =>
        WithEnvironment($"ConnectionStrings__{server.Name}", () => server.ConnectionString
            ?? throw new InvalidOperationException($"'{server.Name}' has no connection string."));

    /// <summary>Gives every instance the other project's addresses for service discovery (<c>services__name__http__0</c>).</summary>
    public ProjectGroup WithReference(ProjectGroup other)
    {
        for (var index = 0; index < other.Instances.Count; index++)
        {
            var instance = other.Instances[index];
            WithEnvironment($"services__{other.Name}__http__{index}", () => instance.Url?.GetLeftPart(UriPartial.Authority)
                ?? throw new InvalidOperationException($"'{instance.Name}' serves no HTTP."));
        }

        return this;
    }

    public ProjectGroup WithEnvironment(string variable, string value) => WithEnvironment(variable, () => value);

    public ProjectGroup WaitFor(LocalResource resource) => ForEach(instance => instance.DependsOn.Add(resource));

    public ProjectGroup WaitForCompletion(ProjectGroup command) => ForEach(instance => instance.DependsOn.AddRange(command.Instances));

    /// <summary>An instance is ready when this path answers 200.</summary>
    public ProjectGroup WithHttpHealthCheck(string path) => ForEach(instance => instance.HealthPath = path);

    private string Name => name;

    private IReadOnlyList<ProjectResource> Instances => instances;

    /// <summary>The value is asked for when the process starts: a server's port may only be known then.</summary>
    private ProjectGroup WithEnvironment(string variable, Func<string> value) => ForEach(instance => instance.AddEnvironment(variable, value));

    private ProjectGroup ForEach(Action<ProjectResource> change)
    {
        foreach (var instance in instances)
        {
            change(instance);
        }

        return this;
    }
}
