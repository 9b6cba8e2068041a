using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventDriven.Tests.Services;

/// <summary>Attempts at events that came from no broker.</summary>
internal static class Attempts
{
    public static EventAttempt Of(EventBinding binding, EventEnvelope envelope, Delivery delivery, ReadOnlyMemory<byte> data)
    {
        var attempt = new EventAttempt(null!, binding, new ReceivedEvent(envelope, data, Schema: null), delivery, NullLogger.Instance);
        attempt.Context = binding.Read(data, attempt);
        return attempt;
    }
}
