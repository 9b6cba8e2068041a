using System.Runtime.InteropServices;

namespace EventDriven.Messaging.Events;

/// <summary>What inbox and Redis keep of an event that was applied.</summary>
/// <param name="Identity">Which event it was: see <see cref="EventIdentity"/>.</param>
/// <param name="Content">What it said: see <see cref="EventContent"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventFingerprint(Guid Identity, long Content)
{
    /// <summary>The mark of an event that was read.</summary>
    public static EventFingerprint Of(ReceivedEvent received) => new(
        received.Envelope.Identity(), EventContent.HashOf(received.Envelope.Type, received.Envelope.Subject, received.Data.Span));
}
