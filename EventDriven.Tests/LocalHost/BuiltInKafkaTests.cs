using Confluent.Kafka;
using EventDriven.LocalHost;

namespace EventDriven.Tests.LocalHost;

public sealed class BuiltInKafkaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_built_in_cluster_can_be_away_for_a_while_and_keeps_its_log()
    {
        await using var application = await LocalApplication.StartAsync(
            new LocalApplicationOptions { Ephemeral = true, Services = [], KafkaHome = null }, Token);
        Assert.True(application.KafkaIsBuiltIn);
        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = application.ConnectionString("kafka") })
            .SetLogHandler((_, _) => { })
            .Build();
        await producer.ProduceAsync(Contracts.Topics.Orders.Name, new Message<Null, string> { Value = "before" }, Token);

        await application.StopAsync("kafka");
        var during = producer.ProduceAsync(Contracts.Topics.Orders.Name, new Message<Null, string> { Value = "during" }, Token);
        await Assert.ThrowsAsync<TimeoutException>(() => during.WaitAsync(TimeSpan.FromSeconds(1), TimeProvider.System, Token));

        await application.StartAsync("kafka", Token);
        await during.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token);
        Assert.Equal(["before", "during"], ReadAll(application.ConnectionString("kafka"), count: 2).Order());
    }

    private static List<string> ReadAll(string kafka, int count)
    {
        using var consumer = new ConsumerBuilder<Ignore, string>(new ConsumerConfig
        {
            BootstrapServers = kafka,
            GroupId = "reader",
            AutoOffsetReset = AutoOffsetReset.Earliest,
        }).Build();
        consumer.Subscribe(Contracts.Topics.Orders.Name);
        return [.. Enumerable.Range(0, count).Select(_ => consumer.Consume(TimeSpan.FromSeconds(30))?.Message.Value ?? "nothing")];
    }
}
