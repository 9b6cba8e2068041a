using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace EventDriven.Messaging.Events;

/// <summary>
/// What an event says, as 8 bytes: its type, its subject and its data. A delivery of the same event says the same; a second event with the identity of
/// another is found by what it says.
/// </summary>
internal static class EventContent
{
    /// <summary>The hash of an event's content. Trace context and times are no part of it: they differ from delivery to delivery.</summary>
    public static long HashOf(string type, string subject, ReadOnlySpan<byte> data) =>
        unchecked((long)XxHash3.HashToUInt64(data, Of(subject, Of(type, 0))));

    private static long Of(string text, long seed) => unchecked((long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), seed));
}
