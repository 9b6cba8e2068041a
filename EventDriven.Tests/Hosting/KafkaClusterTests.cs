using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Hosting.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EventDriven.Tests.Hosting;

/// <summary>Three brokers as processes are one cluster, of which one may be missing.</summary>
public sealed class KafkaClusterTests
{
    private const string Topic = "replicated";
    private const int Partitions = 3;
    private const int Half = 50;

    private static readonly string[] Brokers = ["kafka", "kafka-2", "kafka-3"];
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task What_was_acknowledged_can_be_read_and_more_is_taken_while_one_of_three_brokers_is_down()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("KAFKA_HOME") is { Length: > 0 }, "Without KAFKA_HOME there is no Apache Kafka.");
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Bound);
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            AssemblyName = typeof(Projects.EventDriven_AppHost).Assembly.GetName().Name,
            DisableDashboard = true,
            Args = ["Servers=processes", "Brokers=3", "DcpPublisher:RandomizePorts=true"],
        });
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        var cluster = builder.AddKafkaProcess("kafka", []).Resource;
        await using var application = builder.Build();
        await application.StartAsync(bound.Token);
        await Task.WhenAll(Brokers.Select(broker => application.ResourceNotifications.WaitForResourceHealthyAsync(
            broker, WaitBehavior.StopOnResourceUnavailable, bound.Token)));
        var address = (await cluster.GetConnectionStringAsync(bound.Token))!;
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = address })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = Topic, NumPartitions = Partitions }]).WaitAsync(bound.Token);
        await ProduceAsync(address, 0, bound.Token);

        var stopped = await application.ResourceCommands.ExecuteCommandAsync(
            "kafka-2", KnownResourceCommands.StopCommand, bound.Token);
        await application.ResourceNotifications.WaitForResourceAsync("kafka-2", KnownResourceStates.TerminalStates, bound.Token);
        await ProduceAsync(address, Half, bound.Token);

        Assert.True(stopped.Success, stopped.Message);
        Assert.All(
            admin.GetMetadata(Topic, TimeSpan.FromSeconds(10)).Topics.Single().Partitions,
            partition => Assert.Equal(Brokers.Length, partition.Replicas.Length));
        Assert.Equal(Enumerable.Range(0, 2 * Half), Read(address, bound.Token).Order());
        await application.StopAsync(bound.Token);
    }

    private static async Task ProduceAsync(string address, int first, CancellationToken cancellationToken)
    {
        using var producer = new ProducerBuilder<int, int>(
            new ProducerConfig { BootstrapServers = address, EnableIdempotence = true, Acks = Acks.All })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        await Task.WhenAll(Enumerable.Range(first, Half).Select(
            number => producer.ProduceAsync(Topic, new Message<int, int> { Key = number, Value = number }, cancellationToken)));
    }

    private static IEnumerable<int> Read(string address, CancellationToken cancellationToken)
    {
        using var consumer = new ConsumerBuilder<int, int>(new ConsumerConfig { BootstrapServers = address, GroupId = "reader" })
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        consumer.Assign(Enumerable.Range(0, Partitions).Select(number => new TopicPartitionOffset(Topic, number, Offset.Beginning)));
        for (var left = 2 * Half; left > 0; left--)
        {
            yield return consumer.Consume(cancellationToken).Message.Value;
        }
    }
}
