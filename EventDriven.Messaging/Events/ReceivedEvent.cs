namespace EventDriven.Messaging.Events;

/// <summary>A CloudEvent as read from a record, in either content mode.</summary>
/// <param name="Envelope">Its attributes.</param>
/// <param name="Data">Its data, UTF-8 JSON.</param>
/// <param name="Schema">Its <c>dataschema</c>, in UTF-8; null if it has none.</param>
internal sealed record ReceivedEvent(EventEnvelope Envelope, ReadOnlyMemory<byte> Data, byte[]? Schema)
{
    /// <summary>Checks that the event names a version of its own schema, or none.</summary>
    /// <exception cref="UnreadableEventException">The event names another schema.</exception>
    public void RequireSchema(NamedSchema schema)
    {
        if (Schema is { } named && !schema.Admits(named))
        {
            throw new UnreadableEventException($"The dataschema is {CloudEventAttribute.Quoted(named, "dataschema")}, not {schema}.");
        }
    }
}
