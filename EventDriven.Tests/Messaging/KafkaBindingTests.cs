using System.Text;
using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Events;

namespace EventDriven.Tests.Messaging;

/// <summary>CloudEvents 1.0, Kafka protocol binding, binary mode.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class KafkaBindingTests
{
    private static readonly EventEnvelope Envelope = new()
    {
        Id = "0199f000-0000-7000-8000-000000000001",
        Source = "/checkout",
        Type = "eventdriven.orders.order-placed.v1",
        Subject = "0199f000-0000-7000-8000-000000000002",
        Time = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_567),
        CorrelationId = "corr-1",
        CausationId = "00f067aa0ba902b7",
        TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        TraceState = "vendor=1",
    };

    [Fact]
    public void What_is_written_is_read_again()
    {
        var read = KafkaBinding.Read(Message());

        Assert.Equal(Envelope, read.Envelope);
        Assert.Equal("{}", Encoding.UTF8.GetString(read.Data.Span));
    }

    [Fact]
    public void A_record_looks_as_the_specification_says()
    {
        var message = Message();
        var headers = message.Headers.ToDictionary(h => h.Key, h => Encoding.UTF8.GetString(h.GetValueBytes()), StringComparer.Ordinal);

        Assert.Equal(Envelope.Subject, Encoding.UTF8.GetString(message.Key));
        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ce_specversion"] = "1.0",
                ["ce_id"] = "0199f000-0000-7000-8000-000000000001",
                ["ce_source"] = "/checkout",
                ["ce_type"] = "eventdriven.orders.order-placed.v1",
                ["ce_subject"] = Envelope.Subject,
                ["ce_time"] = "2026-11-23T12:00:00.1234567Z",
                ["ce_dataschema"] = "urn:eventdriven:orders:order-placed:v1",
                ["ce_correlationid"] = "corr-1",
                ["ce_causationid"] = "00f067aa0ba902b7",
                ["ce_traceparent"] = Envelope.TraceParent!,
                ["ce_tracestate"] = "vendor=1",
                ["content-type"] = "application/json",
            },
            headers);
    }

    [Theory]
    [InlineData("ce_specversion", null, "ce_specversion")]
    [InlineData("ce_specversion", "0.3", "ce_specversion")]
    [InlineData("ce_id", null, "ce_id")]
    [InlineData("ce_id", "", "ce_id")]
    [InlineData("ce_id", "7\u001b[2J", "ce_id")]
    [InlineData("ce_source", null, "ce_source")]
    [InlineData("ce_source", "/a\0b", "ce_source")]
    [InlineData("ce_type", "", "ce_type")]
    [InlineData("ce_subject", "another", "Kafka key")]
    [InlineData("ce_subject", "", "Kafka key")]
    [InlineData("ce_time", "", "ce_time")]
    [InlineData("content-type", "text/plain", "content-type")]
    [InlineData("content-type", "application/jsonlines", "content-type")]
    [InlineData("content-type", "application/json-seq", "content-type")]
    [InlineData("content-type", "application/json; charset=utf-16", "content-type")]
    [InlineData("content-type", "application/json\n", "content-type")]
    public void What_is_malformed_is_named(string header, string? value, string named)
    {
        var exception = Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(Message(header, value)));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', exception.Message);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("A234-1234-1234")]
    [InlineData("Bestellung Nº 7/2026")]
    public void An_id_is_any_string(string id) => Assert.Equal(id, KafkaBinding.Read(Message("ce_id", id)).Envelope.Id);

    [Fact]
    public void An_event_without_time_happened_when_its_record_was_written()
    {
        var message = Message("ce_time", null);
        message.Timestamp = new Timestamp(new DateTimeOffset(2026, 11, 28, 1, 2, 3, TimeSpan.Zero));

        Assert.Equal(new DateTimeOffset(2026, 11, 28, 1, 2, 3, TimeSpan.Zero), KafkaBinding.Read(message).Envelope.Time);
        Assert.Equal(new DateTimeOffset(2026, 11, 28, 1, 2, 3, TimeSpan.Zero), KafkaBinding.TimeOf(message));
    }

    /// <summary>A record's timestamp is whatever its producer says.</summary>
    [Theory]
    [InlineData(long.MaxValue, 9999)]
    [InlineData(300_000_000_000_000, 9999)]
    [InlineData(-70_000_000_000_000, 1)]
    public void A_timestamp_that_no_clock_shows_is_the_nearest_time(long milliseconds, int year)
    {
        var message = Message("ce_time", null);
        message.Timestamp = new Timestamp(milliseconds, TimestampType.CreateTime);

        Assert.Equal(year, KafkaBinding.Read(message).Envelope.Time.Year);
    }

    [Fact]
    public void An_event_without_subject_is_about_its_key() =>
        Assert.Equal(Envelope.Subject, KafkaBinding.Read(Message("ce_subject", null)).Envelope.Subject);

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;charset=\"UTF-8\"")]
    public void Data_is_JSON_in_UTF_8(string? contentType) =>
        Assert.Equal(Envelope, KafkaBinding.Read(Message("content-type", contentType)).Envelope);

    [Fact]
    public void Of_a_long_header_only_its_beginning_is_quoted() =>
        Assert.InRange(
            Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(Message("ce_time", new string('x', 5_000)))).Message.Length,
            100,
            200);

    [Fact]
    public void A_record_without_key_headers_or_data_is_unreadable()
    {
        Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(new Message<byte[], byte[]>()));

        var withoutKey = Message("ce_subject", null);
        withoutKey.Key = null!;
        Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(withoutKey));

        var withoutData = Message();
        withoutData.Value = null!;
        Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(withoutData));

        var notUtf8 = Message();
        notUtf8.Headers.Remove("ce_source");
        notUtf8.Headers.Add("ce_source", [0xff, 0xfe]);
        Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(notUtf8));
    }

    /// <summary>Data of another schema may look the same and mean something else; a stranger may name none.</summary>
    [Theory]
    [InlineData("urn:eventdriven:orders:order-placed:v1", true)]
    [InlineData("urn:eventdriven:orders:order-placed:v2", false)]
    [InlineData("https://shop.example/contracts/orders.v1/eventdriven.orders.order-placed.v1.json", true)]
    [InlineData("http://localhost:5101/contracts/orders.v1/eventdriven.orders.order-placed.v1.12.json", true)]
    [InlineData("https://shop.example/contracts/orders.v2/eventdriven.orders.order-placed.v2.json", false)]
    [InlineData("https://shop.example/contracts/orders.v1/eventdriven.orders.order-placed.v11.json", false)]
    [InlineData("https://shop.example/contracts/orders.v1/eventdriven.orders.order-placed.v1..json", false)]
    [InlineData("https://shop.example/contracts/orders.v1/eventdriven.orders.order-placed.v1.1a.json", false)]
    [InlineData("https://shop.example/contracts/orders.v1/eventdriven.orders.order-placed.v1", false)]
    [InlineData("eventdriven.orders.order-placed.v1.json", false)]
    [InlineData("", false)]
    [InlineData(null, true)]
    public void Data_of_another_schema_is_unreadable(string? named, bool readable)
    {
        var received = KafkaBinding.Read(Message("ce_dataschema", named));

        var exception = Record.Exception(() => received.RequireSchema(new NamedSchema("eventdriven.orders.order-placed.v1")));

        Assert.Equal(readable, exception is null);
        Assert.True(readable || exception is UnreadableEventException);
    }

    [Fact]
    public void A_strangers_event_without_our_extensions_is_readable_and_insane_ids_are_not_taken_over()
    {
        var message = Message("ce_causationid", "line\nbreak");
        message.Headers.Remove("ce_correlationid");
        message.Headers.Remove("ce_traceparent");

        var read = KafkaBinding.Read(message).Envelope;

        Assert.Equal(Envelope.Id, read.CorrelationId);
        Assert.Equal(Envelope.Id, read.CausationId);
        Assert.Null(read.TraceParent);
    }

    [Fact]
    public void An_id_that_can_not_stand_in_a_header_is_no_correlation_id()
    {
        var message = Message("ce_id", "two words");
        message.Headers.Remove("ce_correlationid");

        var read = KafkaBinding.Read(message).Envelope;

        Assert.Equal(EventIdentity.Of("/checkout", "two words").ToString(), read.CorrelationId);
    }

    private static Message<byte[], byte[]> Message() => KafkaBinding.Write(Envelope, "{}"u8.ToArray());

    /// <summary>A record in which one header is another, or missing.</summary>
    private static Message<byte[], byte[]> Message(string header, string? value)
    {
        var message = Message();
        message.Headers.Remove(header);
        if (value is not null)
        {
            message.Headers.Add(header, Encoding.UTF8.GetBytes(value));
        }

        return message;
    }
}
