using EventDriven.Hosting.Postgres;
using EventDriven.Hosting.Services;

namespace EventDriven.AppHost.Model;

/// <summary>Commands that run to their end before the services start: in a deployment, jobs.</summary>
internal static class Jobs
{
    /// <summary>
    /// Adds <c>topics apply</c>, which every start of the application runs. Whatever the command needs, the caller adds.
    /// </summary>
    public static IResourceBuilder<ProjectResource> AddTopicsJob(this IDistributedApplicationBuilder builder) =>
        builder.AddJob("topics", "topics", "apply");

    /// <summary>
    /// Adds <c>databases apply</c> to a deployment, for all databases that have been added on this server, as the first of all jobs: it has
    /// the administrator's login, which no service has. A local run makes them itself.
    /// </summary>
    /// <param name="server">The server of the databases.</param>
    public static void AddDatabasesJob(this IResourceBuilder<IResourceWithConnectionString> server)
    {
        var builder = server.ApplicationBuilder;
        var databases = builder.Resources
            .Where(resource => resource.Annotations.OfType<PublishedDatabase>().Any(made => made.Server == server.Resource))
            .OfType<IResourceWithConnectionString>()
            .ToList();
        if (databases.Count == 0)
        {
            return;
        }

        var others = builder.Resources.OfType<ProjectResource>().Where(project => project.IsJob()).ToList();
        var job = builder.AddJob("databases", "databases", "apply").WaitFor(server);
        foreach (var connection in (IEnumerable<IResourceWithConnectionString>)[server.Resource, .. databases])
        {
            // Not WithReference, which would add the login once more in other forms.
            job.WithEnvironment($"ConnectionStrings__{connection.Name}", connection.ConnectionStringExpression);
        }

        others.ForEach(other => builder.CreateResourceBuilder(other).WaitForCompletion(job));
    }

    /// <summary>Whether the resource is a command that runs to its end.</summary>
    public static bool IsJob(this IResource resource) => resource.Annotations.OfType<JobAnnotation>().Any();

    /// <summary>Adds a command.</summary>
    public static IResourceBuilder<ProjectResource> AddJob(
        this IDistributedApplicationBuilder builder, string name, params string[] command) =>
        builder.AddProject<Projects.EventDriven_Cli>(name).FromBuildOutput()
            .WithArgs(
            [
                .. command, "--yes", "--because",
                builder.ExecutionContext.IsPublishMode ? "The application is deployed." : "The application starts.",
            ])
            .WithAnnotation(new JobAnnotation());

    private sealed class JobAnnotation : IResourceAnnotation;
}
