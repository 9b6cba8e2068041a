using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Tests.Hosting;

[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class ApacheKafkaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_broker_comes_back_with_its_log()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("KAFKA_HOME") is not { Length: > 0 },
            "The emulator keeps its log in memory: set KAFKA_HOME.");
        await using var servers = await RunningServers.StartAsync(Token);
        var kafka = await servers.ConnectionStringAsync("kafka", Token);
        using (var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = kafka }).Build())
        {
            await admin.CreateTopicsAsync([new TopicSpecification { Name = "kept.v1", NumPartitions = 1, ReplicationFactor = 1 }]);
        }

        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = kafka, Acks = Acks.All })
            .SetLogHandler((_, _) => { })
            .Build();
        await producer.ProduceAsync("kept.v1", new Message<Null, string> { Value = "kept" }, Token);

        Assert.True(servers.Application.ResourceNotifications.TryGetCurrentState("kafka", out var state));
        Process.GetProcessById(servers.Application.ResourceNotifications.Pid("kafka")).Kill();
        await servers.Application.ResourceNotifications.WaitForResourceAsync("kafka", KnownResourceStates.TerminalStates, Token);
        await servers.Application.ResourceCommands.ExecuteCommandAsync(state.ResourceId, KnownResourceCommands.StartCommand, Token);
        await servers.HealthyAsync("kafka", Token);

        using var consumer = new ConsumerBuilder<Ignore, string>(new ConsumerConfig
        {
            BootstrapServers = kafka,
            GroupId = "reader",
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe("kept.v1");
        Assert.Equal("kept", consumer.Consume(TimeSpan.FromSeconds(60))?.Message.Value);
    }
}
