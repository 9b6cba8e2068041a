using System.Text;

namespace EventDriven.Messaging.Events;

/// <summary>A CloudEvent as it was read from a record, in whatever content mode it was written.</summary>
/// <param name="Envelope">Its attributes.</param>
/// <param name="Data">Its data, UTF-8 JSON.</param>
/// <param name="Schema">Its <c>dataschema</c>, in UTF-8; null when it names none.</param>
internal sealed record ReceivedEvent(EventEnvelope Envelope, ReadOnlyMemory<byte> Data, byte[]? Schema)
{
    /// <summary>Makes sure that the data is of a schema, where the event names one.</summary>
    /// <exception cref="UnreadableEventException">It names another.</exception>
    public void RequireSchema(byte[] schema)
    {
        if (Schema is { } named && !named.AsSpan().SequenceEqual(schema))
        {
            throw new UnreadableEventException($"The dataschema is {CloudEventAttribute.Quoted(named, "dataschema")}, not {Encoding.UTF8.GetString(schema)}.");
        }
    }
}
