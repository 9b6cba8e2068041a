using EventDriven.Hosting;
using EventDriven.Hosting.Kafka;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Tests.AppHost;

/// <summary>How many brokers Apache Kafka has as processes, and what their configuration says.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class KafkaBrokersTests
{
    private static readonly KafkaNode[] Three = [new(1, 9093), new(2, 9193), new(3, 9293)];

    [Theory]
    [InlineData(null, 1)]
    [InlineData("1", 1)]
    [InlineData("3", 3)]
    public void There_is_one_broker_or_there_are_three(string? setting, int brokers) =>
        Assert.Equal(brokers, KafkaBrokers.Number(Configuration(setting)));

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("many")]
    public void Another_number_is_refused_and_says_what_it_can_be(string setting) => Assert.StartsWith(
        $"Brokers is {setting}. It is the number of Kafka brokers: 1, or 3",
        Assert.Throws<HostingException>(() => KafkaBrokers.Number(Configuration(setting))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Several_brokers_are_refused_where_they_can_not_be()
    {
        KafkaBrokers.RefuseSeveral(Configuration("1"), "the emulator");

        Assert.Contains(
            "Kafka is the emulator",
            Assert.Throws<HostingException>(() => KafkaBrokers.RefuseSeveral(Configuration("3"), "the emulator")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Each_of_three_votes_and_has_every_partition_and_two_have_what_is_acknowledged()
    {
        var lines = KafkaProperties.Render(9192, Three[1], Three, "/log").Split('\n', StringSplitOptions.TrimEntries);

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "node.id=2",
                "controller.quorum.voters=1@127.0.0.1:9093,2@127.0.0.1:9193,3@127.0.0.1:9293",
                "listeners=PLAINTEXT://127.0.0.1:9192,CONTROLLER://127.0.0.1:9193",
                "default.replication.factor=3",
                "min.insync.replicas=2",
                "offsets.topic.replication.factor=3",
                "transaction.state.log.min.isr=2",
            },
            lines.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void One_broker_is_enough_for_what_one_broker_has() => Assert.Superset(
        new HashSet<string>(StringComparer.Ordinal) { "default.replication.factor=1", "min.insync.replicas=1" },
        KafkaProperties.Render(9092, Three[0], Three[..1], "/log").Split('\n', StringSplitOptions.TrimEntries)
            .ToHashSet(StringComparer.Ordinal));

    private static IConfigurationRoot Configuration(string? brokers) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["Brokers"] = brokers }).Build();
}
