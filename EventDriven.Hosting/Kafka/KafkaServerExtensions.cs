using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Hosting.Data;
using EventDriven.Hosting.Processes;
using EventDriven.Hosting.Running;
using EventDriven.Hosting.Services;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Hosting.Kafka;

/// <summary>Adds Kafka to an application model.</summary>
public static class KafkaServerExtensions
{
    /// <summary>
    /// Adds Kafka: the server in the connection string <paramref name="name"/> or, without one, a container or a process, as
    /// <see cref="ServerHost"/> decides. The process is Apache Kafka if <c>KAFKA_HOME</c> is set, otherwise the emulator. With the setting
    /// <c>Brokers=3</c>, Apache Kafka is three processes that replicate every partition.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource and of its connection string.</param>
    /// <param name="topics">The topics that the emulator creates; on other servers they are created over Kafka's protocol.</param>
    /// <param name="addContainer">
    /// Adds the container. The first argument after the builder is its name, the second one the volume of its data, or null.
    /// </param>
    public static IResourceBuilder<IResourceWithConnectionString> AddKafkaServer(
        this IDistributedApplicationBuilder builder,
        string name,
        IReadOnlyList<KafkaTopic> topics,
        Func<IDistributedApplicationBuilder, string, string?, IResourceBuilder<IResourceWithConnectionString>> addContainer)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(addContainer);
        if (builder.Configuration.GetConnectionString(name) is { Length: > 0 } given)
        {
            KafkaClient.Check(name, given);
            KafkaBrokers.RefuseSeveral(builder.Configuration, "a server that you have");
            return builder.AddConnectionString(name);
        }

        var host = ServerHost.Of(builder);
        if (host.Exists(name))
        {
            return builder.AddConnectionString(name);
        }

        if (host.Placement == ServerPlacement.Processes)
        {
            return builder.AddKafkaProcess(name, topics);
        }

        KafkaBrokers.RefuseSeveral(builder.Configuration, "a container");
        return builder.AddKafkaContainer(name, host.KeepsData ? host.VolumeName(name) : null, addContainer);
    }

    /// <summary>
    /// Adds Kafka without a container: the server in the connection string <paramref name="name"/> or, without one, a process. That is
    /// Apache Kafka if <c>KAFKA_HOME</c> is set, otherwise the emulator. Topics that are missing are created.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Name of the resource and of its connection string.</param>
    /// <param name="topics">The topics that the application needs.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddKafkaServer(
        this IDistributedApplicationBuilder builder, string name, IReadOnlyList<KafkaTopic> topics)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(topics);
        if (builder.Configuration.GetConnectionString(name) is { Length: > 0 } given)
        {
            KafkaClient.Check(name, given);
            KafkaBrokers.RefuseSeveral(builder.Configuration, "a server that you have");
        }

        var kafka = builder.Configuration.GetConnectionString(name) is { Length: > 0 } || builder.ExecutionContext.IsPublishMode
            ? builder.AddConnectionString(name)
            : builder.AddKafkaProcess(name, topics);
        return builder.ExecutionContext.IsPublishMode
            ? kafka
            : kafka.WithReadiness(async cancellationToken =>
                await kafka.Resource.GetConnectionStringAsync(cancellationToken) is { } connectionString
                && await KafkaTopics.ExistAsync(connectionString, topics, cancellationToken), "topics");
    }

    /// <summary>
    /// Lets a service use Kafka, as a principal of its own where one is configured: if there is a connection string with the name of the
    /// server, a dash and the name of the service, such as <c>kafka-checkout</c>, the service gets that one under the name of the server.
    /// Instances of a service share it.
    /// </summary>
    /// <param name="service">The service.</param>
    /// <param name="kafka">The server.</param>
    /// <exception cref="HostingException">The service's connection string can't be used.</exception>
    public static IResourceBuilder<ProjectResource> WithKafka(
        this IResourceBuilder<ProjectResource> service, IResourceBuilder<IResourceWithConnectionString> kafka)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(kafka);
        var builder = service.ApplicationBuilder;
        var own = $"{kafka.Resource.Name}-{service.Resource.ServiceName()}";
        if (builder.Configuration.GetConnectionString(own) is not { Length: > 0 } given)
        {
            return service.WithReference(kafka);
        }

        KafkaClient.Check(own, given);
        var existing = builder.Resources.OfType<IResourceWithConnectionString>().SingleOrDefault(resource => resource.Name == own);
        return service.WithReference(
            existing is null
                ? builder.AddConnectionString(own).WithAnnotation(new NotInState())
                : builder.CreateResourceBuilder(existing),
            connectionName: kafka.Resource.Name);
    }

    /// <summary>Adds Kafka as a process: Apache Kafka if <c>KAFKA_HOME</c> is set, otherwise the emulator.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddKafkaProcess(
        this IDistributedApplicationBuilder builder, string name, IReadOnlyList<KafkaTopic> topics)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var host = ServerHost.Of(builder);
        if (builder.Configuration["KAFKA_HOME"] is { Length: > 0 } home)
        {
            return builder.AddApacheKafka(name, home, host, KafkaBrokers.Number(builder.Configuration));
        }

        KafkaBrokers.RefuseSeveral(builder.Configuration, "the emulator");
        return ServerProcess.Add(builder, new KafkaEmulator(name, host.Data, topics))
            .WithHttpEndpoint(name: KafkaEmulator.ControlEndpoint, isProxied: false);
    }

    /// <summary>The first broker stands for the cluster; the others are named after it: <c>kafka-2</c>, <c>kafka-3</c>.</summary>
    private static IResourceBuilder<ApacheKafka> AddApacheKafka(
        this IDistributedApplicationBuilder builder, string name, string home, ServerHost host, int brokers)
    {
        var cluster = new KafkaBrokers();
        var first = Add(name);
        for (var number = 2; number <= brokers; number++)
        {
            Add($"{name}-{number}").WithAnnotation(new NotInState()).WithParentRelationship(first.Resource);
        }

        return first;

        IResourceBuilder<ApacheKafka> Add(string broker) =>
            ServerProcess.Add(builder, new ApacheKafka(broker, host.Data, home, host.IsEphemeral, cluster))
                .WithEndpoint(scheme: "tcp", name: ApacheKafka.ControllerEndpoint, isProxied: false);
    }

    /// <summary>A broker answers some seconds after its container's start.</summary>
    private static IResourceBuilder<IResourceWithConnectionString> AddKafkaContainer(
        this IDistributedApplicationBuilder builder,
        string name,
        string? volume,
        Func<IDistributedApplicationBuilder, string, string?, IResourceBuilder<IResourceWithConnectionString>> add)
    {
        var container = add(builder, name, volume);
        return container.WithReadiness(async cancellationToken =>
            await container.Resource.GetConnectionStringAsync(cancellationToken) is { } connectionString
            && await KafkaProbe.AnswersAsync(connectionString, cancellationToken));
    }
}
