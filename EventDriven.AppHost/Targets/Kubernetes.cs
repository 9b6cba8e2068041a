#if ASPIRE_KUBERNETES
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;
using EventDriven.AppHost.Model;
using EventDriven.Hosting;
using EventDriven.Hosting.Services;
#endif

namespace EventDriven.AppHost.Targets;

/// <summary>
/// Kubernetes, as a Helm chart, by Aspire's own package where the NuGet sources have it. What the model says is the package's; what a pod
/// may and may not do, when jobs run, and how services scale is said here. Scaling needs KEDA in the cluster.
/// </summary>
internal static class Kubernetes
{
    /// <summary>The target.</summary>
#if ASPIRE_KUBERNETES
    public static DeploymentTarget Target { get; } = new("kubernetes", Package, HasVolumes: true, AddTo);
#else
    public static DeploymentTarget Target { get; } = new("kubernetes", Package, HasVolumes: true, Add: null);
#endif

    private const string Package = "Aspire.Hosting.Kubernetes";

#if ASPIRE_KUBERNETES
    private const string Tmp = "tmp";

    private static void AddTo(IDistributedApplicationBuilder builder, ServiceScaling scaling)
    {
        builder.AddKubernetesEnvironment("kubernetes")
            .WithDashboard(enabled: false)
            .WithHelm(helm => helm.WithChartName("eventdriven").WithChartDescription("The EventDriven system."))
            .WithProperties(environment => (environment.DefaultStorageType, environment.DefaultStorageSize) = ("pvc", "10Gi"));
        var servers = builder.Resources.OfType<ContainerResource>().ToList();
        foreach (var server in servers)
        {
            builder.CreateResourceBuilder(server).PublishAsKubernetesService(published => Describe(published, server));
        }

        var projects = builder.Resources.OfType<ProjectResource>().ToList();
        var jobs = projects.Where(project => project.IsJob()).ToList();

        // The first weight is the first to run: a job comes after those that it waits for.
        var weights = jobs.ToDictionary(
            job => job, job => jobs.Count(other => job.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == other)) + 1);
        foreach (var project in projects)
        {
            var isJob = weights.TryGetValue(project, out var weight);
            builder.CreateResourceBuilder(project).WithEnvironment(ParametersOnTheirOwn).PublishAsKubernetesService(
                isJob
                    ? published => DescribeJob(published, weight, isAlone: servers.Count == 0)
                    : published => DescribeService(published, project, scaling));
        }
    }

    // The chart has a value for each parameter that is an environment variable itself, and none for one that is a part of a connection
    // string alone, which its templates refer to all the same (Aspire 13.6).
    private static void ParametersOnTheirOwn(EnvironmentCallbackContext context)
    {
        var parts = context.EnvironmentVariables.Values
            .Where(value => value is not ParameterResource and not ConnectionStringReference { Resource: ParameterResource })
            .SelectMany(Parameters)
            .Distinct();
        foreach (var parameter in parts.Where(part => !context.EnvironmentVariables.ContainsValue(part)).ToList())
        {
            context.EnvironmentVariables[parameter.Name.Replace('-', '_').ToUpperInvariant()] = parameter;
        }
    }

    private static IEnumerable<ParameterResource> Parameters(object value) => value switch
    {
        ParameterResource parameter => [parameter],
        ReferenceExpression expression => expression.ValueProviders.SelectMany(Parameters),
        ConnectionStringReference reference => Parameters(reference.Resource),
        IResourceWithConnectionString resource => Parameters(resource.ConnectionStringExpression),
        _ => [],
    };

    private static void DescribeService(KubernetesResource published, ProjectResource service, ServiceScaling scaling)
    {
        var deployment = (Deployment)published.Workload!;
        var pod = deployment.PodTemplate.Spec;
        Restrict(pod, Limits.Service, Accounts.App);
        WriteOnlyTmp(pod);
        pod.TerminationGracePeriodSeconds = ServiceScaling.TerminationSeconds;

        // A volume is one pod's at a time: where a service has one, the former instance ends first.
        var hasVolume = service.Annotations.OfType<ContainerMountAnnotation>().Any();
        deployment.Spec.Strategy.RollingUpdate.MaxSurge = hasVolume ? 0 : 1;
        deployment.Spec.Strategy.RollingUpdate.MaxUnavailable = hasVolume ? 1 : 0;

        // Kubernetes knows the scheme in capitals alone.
        foreach (var probe in (ProbeV1?[])
            [pod.Containers[0].StartupProbe, pod.Containers[0].LivenessProbe, pod.Containers[0].ReadinessProbe])
        {
            probe!.HttpGet!.Scheme = "HTTP";
        }

        if (service.IsSingleInstance())
        {
            return;
        }

        // KEDA's, which an upgrade must not reset.
        deployment.Spec.Replicas = null;
        published.AdditionalResources.Add(ScaledObject.Of(
            service.Name, deployment.Metadata.Name, scaling.Of(service), scaling.MaxInstances(service)));
    }

    private static void DescribeJob(KubernetesResource published, int weight, bool isAlone)
    {
        var pod = published.Workload!.PodTemplate;
        Restrict(pod.Spec, Limits.Job, Accounts.App);
        WriteOnlyTmp(pod.Spec);
        pod.Spec.RestartPolicy = "OnFailure";
        var job = new Job { Metadata = published.Workload.Metadata };
        job.Metadata.Name = job.Metadata.Name.Replace("-deployment", "-job", StringComparison.Ordinal);
        job.Spec.Template = pod;
        published.Workload = job;

        // Before an upgrade; and before an installation, unless the servers are installed with it. Services then start again until the jobs
        // are done. What a job reads precedes it.
        var when = isAlone ? "pre-install,pre-upgrade" : "post-install,pre-upgrade";
        Hook(job.Metadata, when, weight);
        foreach (var read in (BaseKubernetesResource?[])[published.ConfigMap, published.Secret])
        {
            if (read is not null)
            {
                Hook(read.Metadata, when, weight: 0);
            }
        }
    }

    private static void Describe(KubernetesResource published, ContainerResource server)
    {
        var pod = published.Workload!.PodTemplate.Spec;
        Restrict(pod, Limits.Server, Accounts.Of(server));
        pod.TerminationGracePeriodSeconds = 60;
        var container = pod.Containers[0];
        container.ReadinessProbe = Asks(server);
        container.LivenessProbe = Asks(server);
        container.LivenessProbe.InitialDelaySeconds = 60;
        if (published.Workload is StatefulSet { Spec: var spec } && published.Service is { Metadata.Name: var name })
        {
            spec.ServiceName = name;
        }
    }

    private static ProbeV1 Asks(ContainerResource server)
    {
        var exec = new ExecActionV1();
        exec.Command.AddRange(["/bin/sh", "-c", Question(server)]);
        return new ProbeV1 { Exec = exec, PeriodSeconds = 10, TimeoutSeconds = 10, FailureThreshold = 6 };
    }

    private static string Question(ContainerResource server) => server switch
    {
        PostgresServerResource => "pg_isready --username postgres --host 127.0.0.1",
        RedisResource => "redis-cli --no-auth-warning -a \"$REDIS_PASSWORD\" ping | grep PONG",
        _ => "kafka-broker-api-versions --bootstrap-server localhost:9092",
    };

    private static void Restrict(PodSpecV1 pod, Limits limits, long account)
    {
        pod.AutomountServiceAccountToken = false;
        pod.SecurityContext = new PodSecurityContextV1
        {
            RunAsNonRoot = true,
            RunAsUser = account,
            RunAsGroup = account,
            FsGroup = account,
            FsGroupChangePolicy = "OnRootMismatch",
            SeccompProfile = new SeccompProfileV1 { Type = "RuntimeDefault" },
        };
        foreach (var container in pod.Containers)
        {
            container.SecurityContext = new SecurityContextV1 { AllowPrivilegeEscalation = false, Capabilities = new CapabilitiesV1() };
            container.SecurityContext.Capabilities.Drop.Add("ALL");
            container.Resources = new ResourceRequirementsV1();
            container.Resources.Limits["cpu"] = $"{limits.Processors}";
            container.Resources.Limits["memory"] = $"{limits.MemoryMiB}Mi";
            container.Resources.Requests["cpu"] = $"{limits.Processors * 1000 / 4:0}m";
            container.Resources.Requests["memory"] = $"{limits.MemoryMiB / 2}Mi";
        }
    }

    private static void WriteOnlyTmp(PodSpecV1 pod)
    {
        pod.Volumes.Add(new VolumeV1 { Name = Tmp, EmptyDir = new EmptyDirVolumeSourceV1 { SizeLimit = "64Mi" } });
        foreach (var container in pod.Containers)
        {
            container.SecurityContext!.ReadOnlyRootFilesystem = true;
            container.VolumeMounts.Add(new VolumeMountV1 { Name = Tmp, MountPath = "/tmp" });
        }
    }

    private static void Hook(ObjectMetaV1 metadata, string when, int weight)
    {
        metadata.Annotations["helm.sh/hook"] = when;
        metadata.Annotations["helm.sh/hook-weight"] = $"{weight}";
        metadata.Annotations["helm.sh/hook-delete-policy"] = "before-hook-creation";
    }
#endif
}
