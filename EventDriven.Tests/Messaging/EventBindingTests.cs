using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using EventDriven.Tests.Messaging.Host;
using EventDriven.Tests.Services;

namespace EventDriven.Tests.Messaging;

/// <summary>How an event's data becomes a consumer's own record.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EventBindingTests
{
    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "key": null, "number": 1 }""")]
    [InlineData("""{ "key": "a", "number": "one" }""")]
    public void Data_that_is_not_the_consumers_record_is_unreadable(string data) =>
        Assert.Throws<UnreadableEventException>(() => Read(EventBinding.Of<Noted, NoteHandler>(NotedJson.Default.Noted), data));

    /// <summary>The serializer passes on what a record's own code throws; a service must not end of it.</summary>
    [Fact]
    public void Data_that_the_record_itself_refuses_is_unreadable()
    {
        var binding = EventBinding.Of<Positive, PositiveHandler>(
            (JsonTypeInfo<Positive>)JsonSerializerOptions.Web.GetTypeInfo(typeof(Positive)));

        var exception = Assert.Throws<UnreadableEventException>(() => Read(binding, """{ "value": -1 }"""));

        Assert.Contains(nameof(ArgumentOutOfRangeException), exception.Message, StringComparison.Ordinal);
    }

    private static void Read(EventBinding binding, string data)
    {
        var envelope = new EventEnvelope
        {
            Id = "1",
            Source = "/test",
            Type = Noted.Type,
            Subject = "a",
            Time = Orders.PlacedAt,
            CorrelationId = "correlation",
            CausationId = "causation",
        };
        Attempts.Of(binding, envelope, new Delivery("notes", "test", 0, 0, 1), Encoding.UTF8.GetBytes(data));
    }

    private sealed record Positive
    {
        public Positive(int value)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            Value = value;
        }

        public int Value { get; }
    }

    private sealed class PositiveHandler : IEventHandler<Positive>
    {
        public Task HandleAsync(EventContext<Positive> context, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
