#if ASPIRE_DOCKER
using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;
using EventDriven.AppHost.Model;
using EventDriven.Hosting.Services;
#endif

namespace EventDriven.AppHost.Targets;

/// <summary>
/// Docker Compose, by Aspire's own package where the NuGet sources have it: one machine, on which nothing scales by itself. What the model
/// says is the package's; what a container may and may not do is said here.
/// </summary>
internal static class DockerCompose
{
    /// <summary>The target.</summary>
#if ASPIRE_DOCKER
    public static DeploymentTarget Target { get; } = new("compose", Package, HasVolumes: true, (builder, _) => AddTo(builder));
#else
    public static DeploymentTarget Target { get; } = new("compose", Package, HasVolumes: true, Add: null);
#endif

    private const string Package = "Aspire.Hosting.Docker";

#if ASPIRE_DOCKER
    private const string Seconds = "s";

    private static void AddTo(IDistributedApplicationBuilder builder)
    {
        builder.AddDockerComposeEnvironment("compose").WithDashboard(enabled: false);
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            builder.CreateResourceBuilder(project).PublishAsDockerComposeService(
                (_, service) => Describe(service, project));
        }

        foreach (var server in builder.Resources.OfType<ContainerResource>().ToList())
        {
            builder.CreateResourceBuilder(server).PublishAsDockerComposeService((_, service) => Describe(service, server));
        }
    }

    private static void Describe(Service service, ProjectResource project)
    {
        Restrict(service, project.IsJob() ? Limits.Job : Limits.Service, Accounts.App);
        service.ReadOnly = true;
        service.Tmpfs.Add("/tmp");
        service.Restart = project.IsJob() ? "on-failure:10" : "unless-stopped";

        // A server answers some seconds after its start.
        foreach (var dependency in service.DependsOn.Values.Where(dependency => dependency.Condition == "service_started"))
        {
            dependency.Condition = "service_healthy";
        }

        if (project.IsService())
        {
            service.StopGracePeriod = $"{ServiceScaling.TerminationSeconds}{Seconds}";

            // The chiseled image has no shell and no client that could ask: a service's health is asked from outside, at /health. What
            // depends on a service has to live with its absence anyway.
            foreach (var dependency in service.DependsOn.Where(dependency => dependency.Value.Condition == "service_healthy"
                && project.Annotations.OfType<WaitAnnotation>().Any(
                    wait => wait.Resource.Name == dependency.Key && wait.Resource is ProjectResource)))
            {
                dependency.Value.Condition = "service_started";
            }
        }
    }

    private static void Describe(Service service, ContainerResource server)
    {
        Restrict(service, Limits.Server, Accounts.Of(server));
        service.Restart = "unless-stopped";
        service.StopGracePeriod = "60s";
        service.Healthcheck = new Healthcheck
        {
            Test = ["CMD-SHELL", Question(server)],
            Interval = "5s",
            Timeout = "10s",
            StartPeriod = "60s",
            Retries = 12,
        };
    }

    private static void Restrict(Service service, Limits limits, long account)
    {
        service.User = $"{account}:{account}";
        service.CapDrop.Add("ALL");
        service.SecurityOpt.Add("no-new-privileges:true");
        service.Deploy = new Deploy
        {
            Resources = new Resources { Limits = new ResourceSpec { Cpus = $"{limits.Processors}", Memory = $"{limits.MemoryMiB}M" } },
        };
    }

    // The dollar is the container's, not Compose's.
    private static string Question(ContainerResource server) => server switch
    {
        PostgresServerResource => "pg_isready --username postgres --host 127.0.0.1",
        RedisResource => "redis-cli --no-auth-warning -a \"$$REDIS_PASSWORD\" ping | grep PONG",
        _ => "kafka-broker-api-versions --bootstrap-server localhost:9092",
    };
#endif
}
