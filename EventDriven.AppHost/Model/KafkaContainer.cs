namespace EventDriven.AppHost.Model;

/// <summary>
/// Kafka as a container: Aspire's resource with its web page or, if the NuGet sources lack it, the same image without it. Topics are
/// declared; automatic creation is off, because it would use the broker's default number of partitions.
/// </summary>
internal static class KafkaContainer
{
    private const string NoTopicsUnasked = "KAFKA_AUTO_CREATE_TOPICS_ENABLE";

#if ASPIRE_KAFKA
    /// <summary>Adds it.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name, and that of its connection string.</param>
    /// <param name="volume">Where its log is kept; null forgets it.</param>
    public static IResourceBuilder<IResourceWithConnectionString> Add(IDistributedApplicationBuilder builder, string name, string? volume)
    {
        var kafka = builder.AddKafka(name).WithEnvironment(NoTopicsUnasked, "false").WithKafkaUI();

        // Aspire's health check writes to the topic "healthchecks-topic", which is not declared, so it would always fail. AddKafkaServer
        // adds a check that only reads.
        foreach (var check in kafka.Resource.Annotations.OfType<HealthCheckAnnotation>().ToList())
        {
            kafka.Resource.Annotations.Remove(check);
        }

        return volume is null ? kafka : kafka.WithDataVolume(volume);
    }
#else
    private const string DataFolder = "/var/lib/kafka/data";
    private const int HostPort = 9092;
    private const int ContainerPort = 9093;

    /// <summary>Adds it.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name, and that of its connection string.</param>
    /// <param name="volume">Where its log is kept; null forgets it.</param>
    public static IResourceBuilder<IResourceWithConnectionString> Add(IDistributedApplicationBuilder builder, string name, string? volume)
    {
        var resource = new KafkaContainerResource(name);
        var kafka = builder.AddResource(resource)
            .WithImage("confluentinc/confluent-local", "8.2.0")
            .WithImageRegistry("docker.io")
            .WithEndpoint(targetPort: HostPort, name: "tcp")
            .WithEndpoint(targetPort: ContainerPort, name: "internal")
            .WithEnvironment(context => SetListeners(context, resource))
            .WithEnvironment(NoTopicsUnasked, "false");

        // A volume of Kubernetes may have a folder lost+found, which Kafka would take for a partition's.
        var log = builder.ExecutionContext.IsPublishMode ? $"{DataFolder}/log" : DataFolder;
        return volume is null ? kafka : kafka.WithEnvironment("KAFKA_LOG_DIRS", log).WithVolume(volume, DataFolder);
    }

    /// <summary>
    /// One listener for programs on this machine and one for other containers. Each advertises the address by which its clients reach the
    /// broker.
    /// </summary>
    private static void SetListeners(EnvironmentCallbackContext context, KafkaContainerResource kafka)
    {
        var isRun = context.ExecutionContext.IsRunMode;
        var others = new EndpointReference(kafka, "internal", KnownNetworkIdentifiers.DefaultAspireContainerNetwork);
        var host = kafka.Endpoint.Property(EndpointProperty.HostAndPort);
        context.EnvironmentVariables["KAFKA_LISTENERS"] =
            "PLAINTEXT://localhost:29092,CONTROLLER://localhost:29093,"
            + $"PLAINTEXT_HOST://0.0.0.0:{HostPort},PLAINTEXT_INTERNAL://0.0.0.0:{ContainerPort}";
        context.EnvironmentVariables["KAFKA_LISTENER_SECURITY_PROTOCOL_MAP"] =
            "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT,PLAINTEXT_INTERNAL:PLAINTEXT";
        context.EnvironmentVariables["KAFKA_ADVERTISED_LISTENERS"] = isRun
            ? ReferenceExpression.Create(
                $"PLAINTEXT://localhost:29092,PLAINTEXT_HOST://localhost:{kafka.Endpoint.Property(EndpointProperty.Port)},"
                + $"PLAINTEXT_INTERNAL://{kafka.Name}:{others.Property(EndpointProperty.TargetPort)}")
            : ReferenceExpression.Create(
                $"PLAINTEXT://{kafka.Endpoint.Property(EndpointProperty.Host)}:29092,PLAINTEXT_HOST://{host},"
                + $"PLAINTEXT_INTERNAL://{others.Property(EndpointProperty.HostAndPort)}");
    }

    private sealed class KafkaContainerResource(string name) : ContainerResource(name), IResourceWithConnectionString
    {
        public EndpointReference Endpoint => field ??= new EndpointReference(this, "tcp", KnownNetworkIdentifiers.LocalhostNetwork);

        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.HostAndPort)}");

        public IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
        [
            new("Host", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Host)}")),
            new("Port", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Port)}")),
        ];
    }
#endif
}
