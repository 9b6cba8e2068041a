using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace EventDriven.Messaging.Events;

/// <summary>
/// An 8-byte hash of an event's type, subject and data. Every delivery of one event has the same hash, so a different hash reveals a second
/// event that reuses the identity of the first, unless it is another major version of the same fact.
/// </summary>
internal static class EventContent
{
    /// <summary>Hashes an event's content. Trace context and times are left out, because they differ between deliveries.</summary>
    public static long HashOf(string type, string subject, ReadOnlySpan<byte> data) =>
        unchecked((long)XxHash3.HashToUInt64(data, Of(subject, Of(type, 0))));

    private static long Of(string text, long seed) => unchecked((long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), seed));
}
