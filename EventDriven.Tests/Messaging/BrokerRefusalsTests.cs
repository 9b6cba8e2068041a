using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Messaging.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventDriven.Tests.Messaging;

/// <summary>What Kafka refuses to a service that reads and writes the same topic.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class BrokerRefusalsTests
{
    private readonly BrokerRefusals _refusals = new(KafkaSettings.Parse("127.0.0.1:1"), NullLogger<BrokerRefusals>.Instance);

    [Fact]
    public void Reading_a_topic_does_not_say_that_it_may_be_written()
    {
        _refusals.Note("orders.v1", AclOperation.Write, new Error(ErrorCode.TopicAuthorizationFailed));

        _refusals.Withdraw("orders.v1", AclOperation.Read);
        Assert.Single(_refusals.All);

        _refusals.Withdraw("orders.v1", AclOperation.Write);
        Assert.Empty(_refusals.All);
    }

    [Fact]
    public void A_topic_that_allows_all_that_is_wanted_is_refused_no_more()
    {
        _refusals.Note("orders.v1", AclOperation.Write, new Error(ErrorCode.TopicAuthorizationFailed));
        _refusals.Note("orders.v1", AclOperation.Read, new Error(ErrorCode.TopicAuthorizationFailed));

        _refusals.Withdraw("orders.v1");

        Assert.Empty(_refusals.All);
    }

    [Fact]
    public void An_error_of_another_kind_is_no_refusal()
    {
        _refusals.Note("orders.v1", AclOperation.Write, new Error(ErrorCode.UnknownTopicOrPart));

        Assert.Empty(_refusals.All);
    }
}
