using Confluent.Kafka.Admin;
using EventDriven.Messaging.Health;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Tests.Messaging.Hosting;

/// <summary>What a service says of a topic that is not as it needs it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class NeededTopicTests
{
    private static readonly NeededTopic Pots = new("pots.v1", "its events wait in the outbox", Partitions: 12)
    {
        Operation = AclOperation.Write,
    };

    [Fact]
    public void A_topic_that_does_not_exist() => Assert.Equal(
        "Topic 'pots.v1' does not exist on the broker, or this service may not see it: its events wait in the outbox. "
            + "Create it, for example: kafka-topics.sh --create --topic pots.v1 --partitions 12",
        Pots.FaultOf(null)?.Text);

    [Fact]
    public void A_topic_with_too_few_partitions() => Assert.Equal(
        "Topic 'pots.v1' has 3 partitions, but 12 are declared: fewer events are handled at once. Add partitions while no event waits, "
            + "because keys move to other partitions: kafka-topics.sh --alter --topic pots.v1 --partitions 12",
        Pots.FaultOf(new ServedTopic(3, LongestLife: null))?.Text);

    [Theory]
    [InlineData(12, 13, 14, false)]
    [InlineData(13, 13, 14, false)]
    [InlineData(24, 14, 14, false)]
    [InlineData(12, 15, 14, true)]
    [InlineData(12, 15, null, false)]
    [InlineData(12, null, 14, false)]
    public void A_topic_that_outlives_the_inbox(int partitions, int? daysOnTheLog, int? daysInTheInbox, bool isFault)
    {
        var served = new ServedTopic(partitions, daysOnTheLog is { } kept ? TimeSpan.FromDays(kept) : null);
        var needed = Pots with { InboxRetention = daysInTheInbox is { } remembered ? TimeSpan.FromDays(remembered) : null };

        Assert.Equal(isFault, needed.FaultOf(served) is not null);
    }
}
