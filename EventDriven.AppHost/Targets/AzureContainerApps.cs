#if ASPIRE_AZURE
using System.Globalization;
using Azure.Provisioning;
using Azure.Provisioning.AppContainers;
using EventDriven.AppHost.Model;
using EventDriven.Hosting.Services;
#endif

namespace EventDriven.AppHost.Targets;

/// <summary>
/// Azure Container Apps, by Aspire's own package where the NuGet sources have it: for <c>azd up</c> and for <c>aspire deploy</c>. What the
/// model says is the package's; what a container may take, what is a job, and how services scale is said here.
/// </summary>
internal static class AzureContainerApps
{
    /// <summary>The target. A volume is a network share there, on which PostgreSQL does not run.</summary>
#if ASPIRE_AZURE
    public static DeploymentTarget Target { get; } = new("azure", Package, HasVolumes: false, AddTo);
#else
    public static DeploymentTarget Target { get; } = new("azure", Package, HasVolumes: false, Add: null);
#endif

    private const string Package = "Aspire.Hosting.Azure.AppContainers";

#if ASPIRE_AZURE
    private const string Kafka = "kafka";

    private static void AddTo(IDistributedApplicationBuilder builder, ServiceScaling scaling)
    {
        builder.AddAzureContainerAppEnvironment("cae");

        // The rules of a server that exists would need its address and a login apart from each other (docs/deploy.md).
        var knowsLag = builder.Resources.OfType<ContainerResource>().Any(server => server.Name == Kafka);
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            var published = builder.CreateResourceBuilder(project);
            _ = project.IsJob()
                // azure.yaml starts them, in their order.
                ? published.PublishAsAzureContainerAppJob((_, job) =>
                {
                    job.Configuration.TriggerType = ContainerAppJobTriggerType.Manual;
                    job.Configuration.ReplicaTimeout = 900;
                    job.Configuration.ReplicaRetryLimit = 10;
                    Limit(job.Template.Containers[0].Value!, Limits.Job);
                })
                : published.PublishAsAzureContainerApp((_, app) => Describe(app, scaling, project, knowsLag));
        }

        foreach (var server in builder.Resources.OfType<ContainerResource>().ToList())
        {
            builder.CreateResourceBuilder(server).PublishAsAzureContainerApp((_, app) =>
            {
                Limit(app.Template.Containers[0].Value!, Limits.Server);
                app.Template.Scale.MaxReplicas = 1;
            });
        }
    }

    private static void Describe(ContainerApp app, ServiceScaling scaling, ProjectResource service, bool knowsLag)
    {
        app.Template.TerminationGracePeriodSeconds = ServiceScaling.TerminationSeconds;
        var container = app.Template.Containers[0].Value!;
        Limit(container, Limits.Service);
        app.Template.Scale.MinReplicas = 1;
        app.Template.Scale.MaxReplicas = scaling.MaxInstances(service);
        if (service.IsSingleInstance())
        {
            return;
        }

        foreach (var topic in knowsLag ? scaling.Of(service) : [])
        {
            app.Template.Scale.Rules.Add(new ContainerAppScaleRule
            {
                Name = $"lag-{topic.Topic.Replace('.', '-')}",
                Custom = new ContainerAppCustomScaleRule
                {
                    CustomScaleRuleType = "kafka",
                    Metadata =
                    {
                        ["bootstrapServers"] = Address(container),
                        ["consumerGroup"] = topic.Group,
                        ["topic"] = topic.Topic,
                        ["lagThreshold"] = Text(ServiceScaling.LagPerInstance),
                        ["offsetResetPolicy"] = "earliest",
                    },
                },
            });
        }

        app.Template.Scale.Rules.Add(new ContainerAppScaleRule
        {
            Name = "cpu",
            Custom = new ContainerAppCustomScaleRule
            {
                CustomScaleRuleType = "cpu",
                Metadata = { ["type"] = "Utilization", ["value"] = Text(ServiceScaling.Processor) },
            },
        });
    }

    // As the service is told it.
    private static BicepValue<string> Address(ContainerAppContainer container) => container.Env
        .Select(variable => variable.Value!)
        .Single(variable => variable.Name.Value == $"ConnectionStrings__{Kafka}").Value;

    // Container Apps has memory for cores in one proportion alone, 2 GiB for each.
    private static void Limit(ContainerAppContainer container, Limits limits)
    {
        container.Resources.Cpu = limits.Processors;
        container.Resources.Memory = string.Create(CultureInfo.InvariantCulture, $"{limits.Processors * 2:0.0}Gi");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
#endif
}
