using System.Text;
using Confluent.Kafka;
using EventDriven.Messaging.Consumer;
using EventDriven.Messaging.Events;

namespace EventDriven.Tests.Messaging;

/// <summary>CloudEvents 1.0, Kafka protocol binding, binary mode.</summary>
public sealed class KafkaBindingTests
{
    private static readonly EventEnvelope Envelope = new()
    {
        Id = Guid.Parse("0199f000-0000-7000-8000-000000000001"),
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
    public void What_is_written_is_read_again() =>
        Assert.Equal(Envelope, KafkaBinding.Read(KafkaBinding.Write(Envelope, "{}"u8.ToArray())));

    [Fact]
    public void A_record_looks_as_the_specification_says()
    {
        var message = KafkaBinding.Write(Envelope, "{}"u8.ToArray());
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
    [InlineData("ce_id", "7", "ce_id")]
    [InlineData("ce_source", null, "ce_source")]
    [InlineData("ce_type", "", "ce_type")]
    [InlineData("ce_subject", null, "ce_subject")]
    [InlineData("ce_subject", "another", "Kafka key")]
    [InlineData("ce_time", "yesterday", "ce_time")]
    [InlineData("content-type", "text/plain", "content-type")]
    public void What_is_malformed_is_named(string header, string? value, string named)
    {
        var message = KafkaBinding.Write(Envelope, "{}"u8.ToArray());
        message.Headers.Remove(header);
        if (value is not null)
        {
            message.Headers.Add(header, Encoding.UTF8.GetBytes(value));
        }

        var exception = Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(message));
        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_long_header_only_its_beginning_is_quoted()
    {
        var message = KafkaBinding.Write(Envelope, "{}"u8.ToArray());
        message.Headers.Remove("ce_id");
        message.Headers.Add("ce_id", Encoding.UTF8.GetBytes(new string('x', 5_000)));

        Assert.InRange(Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(message)).Message.Length, 100, 200);
    }

    [Fact]
    public void A_record_without_key_headers_or_data_is_unreadable()
    {
        Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(new Message<byte[], byte[]>()));

        var withoutKey = KafkaBinding.Write(Envelope, "{}"u8.ToArray());
        withoutKey.Key = null!;
        Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(withoutKey));

        var withoutData = KafkaBinding.Write(Envelope, "{}"u8.ToArray());
        withoutData.Value = null!;
        Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(withoutData));

        var notUtf8 = KafkaBinding.Write(Envelope, "{}"u8.ToArray());
        notUtf8.Headers.Remove("ce_source");
        notUtf8.Headers.Add("ce_source", [0xff, 0xfe]);
        Assert.Throws<UnreadableEventException>(() => KafkaBinding.Read(notUtf8));
    }

    /// <summary>Data of another schema may look the same and mean something else; a stranger may name none.</summary>
    [Theory]
    [InlineData("urn:eventdriven:orders:order-placed:v1", true)]
    [InlineData("urn:eventdriven:orders:order-placed:v2", false)]
    [InlineData("", false)]
    [InlineData(null, true)]
    public void Data_of_another_schema_is_unreadable(string? named, bool readable)
    {
        var message = KafkaBinding.Write(Envelope, "{}"u8.ToArray());
        message.Headers.Remove("ce_dataschema");
        if (named is not null)
        {
            message.Headers.Add("ce_dataschema", Encoding.UTF8.GetBytes(named));
        }

        var exception = Record.Exception(() => KafkaBinding.RequireSchema(message, "urn:eventdriven:orders:order-placed:v1"u8.ToArray()));

        Assert.Equal(readable, exception is null);
        Assert.True(readable || exception is UnreadableEventException);
    }

    [Fact]
    public void A_strangers_event_without_our_extensions_is_readable_and_insane_ids_are_not_taken_over()
    {
        var message = KafkaBinding.Write(Envelope, "{}"u8.ToArray());
        message.Headers.Remove("ce_correlationid");
        message.Headers.Remove("ce_causationid");
        message.Headers.Remove("ce_traceparent");
        message.Headers.Add("ce_causationid", "line\nbreak"u8.ToArray());

        var read = KafkaBinding.Read(message);

        Assert.Equal(Envelope.Id.ToString(), read.CorrelationId);
        Assert.Equal(Envelope.Id.ToString(), read.CausationId);
        Assert.Null(read.TraceParent);
    }
}
