using System.Text;
using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;

namespace EventDriven.Tests.Messaging;

/// <summary>CloudEvents 1.0, Kafka protocol binding, structured mode.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class StructuredModeTests
{
    private const string Required = """ "specversion": "1.0", "id": "A-1", "source": "/shop", "type": "test.notes.number-noted.v1" """;

    private static readonly DateTimeOffset WrittenAt = new(2026, 11, 28, 1, 2, 3, TimeSpan.Zero);

    [Fact]
    public void Attributes_and_data_are_read_from_the_value()
    {
        var read = KafkaBinding.Read(Message(
            $$"""
            { {{Required}}, "subject": "key", "time": "2026-11-23T13:00:00.5+01:00", "datacontenttype": "application/json",
              "dataschema": "urn:test:notes:number-noted:v1",
              "correlationid": "corr-1", "causationid": "cause-1",
              "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "priority": 3,
              "data": { "key": "key", "number": 1 } }
            """));

        Assert.Equal(
            new EventEnvelope
            {
                Id = "A-1",
                Source = "/shop",
                Type = "test.notes.number-noted.v1",
                Subject = "key",
                Time = new DateTimeOffset(2026, 11, 23, 12, 0, 0, 500, TimeSpan.Zero),
                CorrelationId = "corr-1",
                CausationId = "cause-1",
                TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            },
            read.Envelope);
        Assert.Equal("""{ "key": "key", "number": 1 }""", Encoding.UTF8.GetString(read.Data.Span));
        read.RequireSchema(new NamedSchema("test.notes.number-noted.v1"));
    }

    [Fact]
    public void What_is_optional_falls_back_to_what_the_record_says()
    {
        var read = KafkaBinding.Read(Message($$"""{ {{Required}}, "data": 1 }""", "Application/CloudEvents+JSON; charset=UTF-8"));

        Assert.Equal(("key", WrittenAt, "A-1"), (read.Envelope.Subject, read.Envelope.Time, read.Envelope.CorrelationId));
        Assert.Equal(WrittenAt, KafkaBinding.TimeOf(Message($$"""{ {{Required}}, "data": 1 }""")));
    }

    [Fact]
    public void Data_may_be_Base64()
    {
        var encoded = Convert.ToBase64String("""{"number":1}"""u8);

        Assert.Equal(
            """{"number":1}""",
            Encoding.UTF8.GetString(KafkaBinding.Read(Message($$"""{ {{Required}}, "data_base64": "{{encoded}}" }""")).Data.Span));
    }

    [Fact]
    public void The_same_event_in_both_modes_is_the_same_event()
    {
        var structured = KafkaBinding.Read(Message($$"""{ {{Required}}, "data": {"number":1} }"""));
        var binary = KafkaBinding.Read(KafkaBinding.Write(structured.Envelope, """{"number":1}"""u8.ToArray()));

        Assert.Equal(
            (structured.Envelope.Identity(), EventContent.HashOf(structured.Envelope.Type, "key", structured.Data.Span)),
            (binary.Envelope.Identity(), EventContent.HashOf(binary.Envelope.Type, "key", binary.Data.Span)));
    }

    [Theory]
    [InlineData("not json", "JSON")]
    [InlineData("[]", "JSON object")]
    [InlineData("""{ "specversion": "0.3", "id": "1", "source": "/a", "type": "t", "data": 1 }""", "specversion")]
    [InlineData("""{ "specversion": "1.0", "source": "/a", "type": "t", "data": 1 }""", "id")]
    [InlineData("""{ "specversion": "1.0", "id": 7, "source": "/a", "type": "t", "data": 1 }""", "id")]
    [InlineData("""{ "specversion": "1.0", "id": "1", "id": "2", "source": "/a", "type": "t", "data": 1 }""", "JSON")]
    [InlineData("""{ "specversion": "1.0", "id": "\ud800", "source": "/a", "type": "t", "data": 1 }""", "id")]
    [InlineData("""{ "specversion": "1.0", "id": "1", "source": "/a", "type": "t", "data": { "\ud800": 1 } }""", "JSON")]
    [InlineData("""{ "specversion": "1.0", "id": "1\u0000", "source": "/a", "type": "t", "data": 1 }""", "id")]
    [InlineData("""{ "specversion": "1.0", "id": "1", "source": "/a", "type": "t", "time": "23.11.2026", "data": 1 }""", "time")]
    [InlineData("""{ "specversion": "1.0", "id": "1", "source": "/a", "type": "t", "subject": "another", "data": 1 }""", "Kafka key")]
    [InlineData(
        """{ "specversion": "1.0", "id": "1", "source": "/a", "type": "t", "datacontenttype": "text/plain", "data": "1" }""",
        "datacontenttype")]
    [InlineData("""{ "specversion": "1.0", "id": "1", "source": "/a", "type": "t" }""", "no data")]
    [InlineData("""{ "specversion": "1.0", "id": "1", "source": "/a", "type": "t", "data_base64": "?" }""", "data_base64")]
    [InlineData("""{ "specversion": "1.0", "id": "1", "source": "/a", "type": "t", "data_base64": "\ud800" }""", "data_base64")]
    [InlineData("""{ "specversion": "1.0", "id": "1", "source": "/a", "type": "t", "data": 1, "data_base64": "MQ==" }""", "data_base64")]
    public void What_is_malformed_is_named(string json, string named) =>
        Assert.Contains(
            named, Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(Message(json))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("application/cloudevents-batch+json")]
    [InlineData("application/cloudevents+avro")]
    [InlineData("application/cloudevents")]
    public void Another_format_is_named(string contentType) =>
        Assert.Contains(
            contentType,
            Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(Message("{}", contentType))).Message,
            StringComparison.Ordinal);

    private static Message<byte[], byte[]> Message(string json, string contentType = "application/cloudevents+json") => new()
    {
        Key = "key"u8.ToArray(),
        Value = Encoding.UTF8.GetBytes(json),
        Headers = new Headers { { "content-type", Encoding.UTF8.GetBytes(contentType) } },
        Timestamp = new Timestamp(WrittenAt),
    };
}
