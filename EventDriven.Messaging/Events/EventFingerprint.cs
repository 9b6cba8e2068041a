using System.Runtime.InteropServices;

namespace EventDriven.Messaging.Events;

/// <summary>What the inbox and Redis store about an applied event.</summary>
/// <param name="Identity">Identifies the event; see <see cref="EventIdentity"/>.</param>
/// <param name="Content">Hash of its content; see <see cref="EventContent"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventFingerprint(Guid Identity, long Content)
{
    /// <summary>The fingerprint of an event that was read.</summary>
    public static EventFingerprint Of(ReceivedEvent received) => new(
        received.Envelope.Identity(), EventContent.HashOf(received.Envelope.Type, received.Envelope.Subject, received.Data.Span));
}
