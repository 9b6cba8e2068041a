using Confluent.Kafka;
using EventDriven.LocalHost;

namespace EventDriven.Tests.LocalHost;

public sealed class ApacheKafkaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_broker_comes_back_with_its_log()
    {
        var options = new LocalApplicationOptions { Ephemeral = true, Services = [] };
        Assert.SkipWhen(options.KafkaHome is null, "The built-in cluster keeps its log in memory: set KAFKA_HOME.");
        await using var application = await LocalApplication.StartAsync(options, Token);
        await application.CreateTopicAsync("kept.v1", partitions: 1, Token);
        var kafka = application.ConnectionString("kafka");
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = kafka, Acks = Acks.All })
            .SetLogHandler((_, _) => { })
            .Build();
        await producer.ProduceAsync("kept.v1", new Message<Null, string> { Value = "kept" }, Token);

        await application.KillAsync("kafka");
        await application.StartAsync("kafka", Token);

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
