using EventDriven.Hosting.Kafka;

namespace EventDriven.Tests.Chaos;

/// <summary>The broker's listeners by which the fault rig's links can't be passed by.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class LinkListenerTests
{
    private static readonly KafkaNode Alone = new(1, 9093);

    [Fact]
    public void A_further_listener_is_bound_and_advertises_another_address()
    {
        var lines = KafkaProperties.Render(9092, Alone, [Alone], "/log", new KafkaListener("CHECKOUT_2", 9192, "127.0.0.1:9292"))
            .Split('\n', StringSplitOptions.TrimEntries);

        Assert.Contains("listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093,CHECKOUT_2://127.0.0.1:9192", lines);
        Assert.Contains("advertised.listeners=PLAINTEXT://127.0.0.1:9092,CHECKOUT_2://127.0.0.1:9292", lines);
        Assert.Contains("listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,CHECKOUT_2:PLAINTEXT", lines);
    }

    [Fact]
    public void Without_further_listeners_there_are_two() => Assert.Contains(
        "listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093",
        KafkaProperties.Render(9092, Alone, [Alone], "/log").Split('\n', StringSplitOptions.TrimEntries));
}
