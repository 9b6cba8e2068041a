using EventDriven.Hosting;
using EventDriven.Hosting.Postgres;
using EventDriven.Hosting.Services;
using Microsoft.Extensions.Configuration;

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
    /// Adds <c>acls apply</c> to a deployment with the setting <c>Acls=true</c>: each service then has a login of its own on Kafka, such as
    /// <c>kafka-checkout</c>, and the job allows it what its program declares. The job has the administrator's login, which no service has.
    /// </summary>
    /// <param name="kafka">The log, which exists and knows logins.</param>
    /// <param name="auditTrail">Where the change is recorded.</param>
    /// <param name="before">The job that runs next, as the operator.</param>
    /// <exception cref="HostingException">Kafka is a container of the deployment, which has no logins.</exception>
    public static void AddAclsJob(
        this IResourceBuilder<IResourceWithConnectionString> kafka,
        IResourceBuilder<IResourceWithConnectionString> auditTrail,
        IResourceBuilder<ProjectResource> before)
    {
        var builder = kafka.ApplicationBuilder;
        var name = kafka.Resource.Name;
        if (!builder.ExecutionContext.IsPublishMode || !builder.Configuration.GetValue<bool>("Acls"))
        {
            return;
        }

        if (!ServerHost.Of(builder).Exists(name))
        {
            throw new HostingException(
                $"Acls=true is for a Kafka that has logins, which the published container has not: set Existing={name}.");
        }

        var services = ServiceDeclaration.Services(builder);
        foreach (var service in services)
        {
            // Instead of the one that it has: Aspire refuses two references with one name.
            builder.CreateResourceBuilder(service).WithEnvironment(
                $"ConnectionStrings__{name}", builder.ConnectionString($"{name}-{service.ServiceName()}"));
        }

        var job = builder.AddJob("acls", "acls", "apply")
            .WithReference(auditTrail)
            .WithReference(builder.ConnectionString($"{name}-administrator"), connectionName: name)
            .WithArgs(async context =>
            {
                foreach (var service in services)
                {
                    var declared = await ServiceDeclaration.AskAsync(service, context.CancellationToken);
                    context.Args.Add("--writes");
                    context.Args.Add($"{service.ServiceName()}={string.Join(',', declared.Writes)}");
                    foreach (var group in declared.Groups)
                    {
                        context.Args.Add("--reads");
                        context.Args.Add($"{service.ServiceName()}={group.Name}:{string.Join(',', group.Topics)}");
                    }
                }
            });
        before.WaitForCompletion(job);
    }

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

    private static IResourceBuilder<ProjectResource> AddJob(
        this IDistributedApplicationBuilder builder, string name, params string[] command) =>
        builder.AddProject<Projects.EventDriven_Cli>(name).FromBuildOutput()
            .WithArgs(
            [
                .. command, "--yes", "--because",
                builder.ExecutionContext.IsPublishMode ? "The application is deployed." : "The application starts.",
            ])
            .WithAnnotation(new JobAnnotation());

    // The one that exists, where a service's own was configured.
    private static IResourceBuilder<IResourceWithConnectionString> ConnectionString(
        this IDistributedApplicationBuilder builder, string name) =>
        builder.Resources.OfType<IResourceWithConnectionString>().SingleOrDefault(resource => resource.Name == name) is { } existing
            ? builder.CreateResourceBuilder(existing)
            : builder.AddConnectionString(name);

    private sealed class JobAnnotation : IResourceAnnotation;
}
