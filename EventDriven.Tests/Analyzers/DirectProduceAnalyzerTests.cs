using EventDriven.Messaging.Analyzers.Publishing;

namespace EventDriven.Tests.Analyzers;

/// <summary>EDM005.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class DirectProduceAnalyzerTests
{
    [Theory]
    [InlineData("[|producer.Produce(\"orders.v1\", new Message<string, string>())|];")]
    [InlineData("_ = [|producer.ProduceAsync(\"orders.v1\", new Message<string, string>())|];")]
    [InlineData("[|producer.Produce(new TopicPartition(\"orders.v1\", 0), new Message<string, string>(), report => { })|];")]
    public Task Sending_beside_the_outbox_is_reported(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("producer.Flush(TimeSpan.FromSeconds(1));")]
    [InlineData("producer.InitTransactions(TimeSpan.FromSeconds(1));")]
    [InlineData("Produce(\"orders.v1\"); static void Produce(string topic) { }")]
    public Task What_sends_nothing_is_not_reported(string body) => VerifyAsync(body);

    [Theory]
    [InlineData("EventDriven.Messaging")]
    [InlineData("EventDriven.Messaging.Operations")]
    public Task The_library_itself_sends(string assembly) => AnalyzerCheck<DirectProduceAnalyzer>.VerifyAsync(
        "public class C(Confluent.Kafka.IProducer<string, string> producer) { void M() => producer.Produce(\"orders.v1\", null); }",
        referenced: "",
        assembly);

    private static Task VerifyAsync(string body) => AnalyzerCheck<DirectProduceAnalyzer>.VerifyAsync(
        $$"""
        using Confluent.Kafka;

        public sealed class Announcer(IProducer<string, string> producer)
        {
            public void Announce() { {{body}} }
        }
        """);
}
