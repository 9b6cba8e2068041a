using System.Globalization;
using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Kafka;
using EventDriven.Hosting.Running;

namespace EventDriven.Hosting.Services;

/// <summary>Adds services: projects that serve HTTP.</summary>
public static class ServiceExtensions
{
    private const int PortsApart = 10;
    private const int MaxReplicas = 100;

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    /// <summary>
    /// Adds a service with the number of instances in the setting <c>Replicas</c>, 1 by default. Each instance is a resource
    /// (<c>checkout</c>, <c>checkout-2</c>), because tests call and stop them separately, and replicas of one resource would share an
    /// address. A service that is described as a <see cref="SingleInstance"/> has one.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="port">Port of the first instance, unless it is taken; each further instance adds ten.</param>
    /// <param name="describe">Adds the references and dependencies of each instance.</param>
    /// <typeparam name="TProject">The project.</typeparam>
    /// <returns>The first instance, which other services refer to.</returns>
    /// <exception cref="HostingException"><c>Replicas</c> is not a valid number of instances, or the project is not built.</exception>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IDistributedApplicationBuilder builder, string name, int port, Action<IResourceBuilder<ProjectResource>> describe)
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(describe);
        var replicas = Replicas(builder.Configuration["Replicas"]);
        var instances = new List<IResourceBuilder<ProjectResource>>();
        for (var number = 1; number <= replicas; number++)
        {
            var instance = builder.AddInstance<TProject>(number == 1 ? name : $"{name}-{number}", port + ((number - 1) * PortsApart))
                .WithAnnotation(new ServiceNameAnnotation(name));
            describe(number == 1 ? instance : instance.WithEnvironment("OTEL_SERVICE_NAME", name));
            instances.Add(instance);
            if (instance.Resource.IsSingleInstance())
            {
                break;
            }
        }

        return instances[0];
    }

    /// <summary>
    /// Starts a project from its build output, so that Aspire controls and measures the program itself and not a <c>dotnet run</c> around
    /// it, which would cost another second and 70 MiB each. An IDE that debugs the application starts its projects in its own way.
    /// </summary>
    public static IResourceBuilder<ProjectResource> FromBuildOutput(this IResourceBuilder<ProjectResource> project)
    {
        ArgumentNullException.ThrowIfNull(project);

        // No service uses TLS on loopback, but Aspire would still warn, in red, that no certificate is trusted.
#pragma warning disable ASPIRECERTIFICATES001 // Experimental, and the only way to say so.
        project.WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
        var builder = project.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode || builder.Configuration["DEBUG_SESSION_PORT"] is { Length: > 0 })
        {
            return project;
        }

        var program = BuildOutput.Service(Path.GetFileNameWithoutExtension(project.Resource.GetProjectMetadata().ProjectPath));
        return project
            .WithAnnotation(new ExecutableAnnotation { Command = BuildOutput.DotNet, WorkingDirectory = Path.GetDirectoryName(program)! })
            .WithArgs(program);
    }

    /// <summary>Whether the resource is a service, and not a command that runs to its end.</summary>
    public static bool IsService(this IResource resource) =>
        resource is ProjectResource && resource.Annotations.OfType<EndpointAnnotation>().Any();

    /// <summary>The name of the service of which this is an instance: <c>checkout</c> for <c>checkout-2</c>.</summary>
    internal static string ServiceName(this IResource resource) =>
        resource.Annotations.OfType<ServiceNameAnnotation>().LastOrDefault()?.Name ?? resource.Name;

    private static int Replicas(string? setting) => setting switch
    {
        null or "" => 1,
        _ when int.TryParse(setting, NumberStyles.None, CultureInfo.InvariantCulture, out var replicas)
            && replicas is >= 1 and <= MaxReplicas => replicas,
        _ => throw new HostingException($"Replicas is the number of instances of each service, 1 to {MaxReplicas}, not '{setting}'."),
    };

    private static IResourceBuilder<ProjectResource> AddInstance<TProject>(
        this IDistributedApplicationBuilder builder, string name, int port)
        where TProject : IProjectMetadata, new()
    {
        var instance = builder.AddProject<TProject>(name).FromBuildOutput();
        if (builder.ExecutionContext.IsPublishMode)
        {
            return instance.WithHttpEndpoint().WithProbes();
        }

        // Features for development only, such as the provider's stand-in, must not be on in a deployment.
        instance.WithEnvironment("ASPNETCORE_ENVIRONMENT", "Development")
            // A process that is asked to stop is killed after six seconds.
            .WithEnvironment("DOTNET_SHUTDOWNTIMEOUTSECONDS", "5").WithEnvironment("Messaging__Consumer__DrainTimeout", "00:00:03")
            .WithHttpEndpoint(port: StablePort.Of(builder, name, port), isProxied: false)
            .WithReadiness(cancellationToken => AnswersAsync(instance.GetEndpoint("http"), cancellationToken));
        if (builder.Resources.OfType<KafkaEmulator>().FirstOrDefault() is { } emulator)
        {
            instance.WithEnvironment(KafkaEmulator.ClusterVariable, emulator.ClusterId);
        }

        return instance;
    }

    // It listens once its database is migrated, which may wait for another instance. Then it is ready as soon as it is healthy, and is
    // ended only when the process itself does not answer: what it depends on would not come back by that.
    private static IResourceBuilder<ProjectResource> WithProbes(this IResourceBuilder<ProjectResource> service) =>
#pragma warning disable ASPIREPROBES001 // Experimental, and the only way to say so for every target.
        service
            .WithAnnotation(Probe(service, ProbeType.Startup, "/alive", period: 5, failures: 36))
            .WithAnnotation(Probe(service, ProbeType.Liveness, "/alive", period: 10, failures: 3))
            .WithAnnotation(Probe(service, ProbeType.Readiness, "/health", period: 5, failures: 2));

    // Not WithHttpProbe, which allows a path once.
    private static EndpointProbeAnnotation Probe(
        IResourceBuilder<ProjectResource> service, ProbeType type, string path, int period, int failures) => new()
        {
            Type = type,
            EndpointReference = service.GetEndpoint("http"),
            Path = path,
            InitialDelaySeconds = 1,
            PeriodSeconds = period,
            TimeoutSeconds = 5,
            FailureThreshold = failures,
            SuccessThreshold = 1,
        };
#pragma warning restore ASPIREPROBES001

    private static async Task<bool> AnswersAsync(EndpointReference endpoint, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(new Uri(endpoint.Url), "/health"), cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private sealed record ServiceNameAnnotation(string Name) : IResourceAnnotation;
}
