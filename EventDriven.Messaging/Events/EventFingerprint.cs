using System.Runtime.InteropServices;

namespace EventDriven.Messaging.Events;

/// <summary>What the inbox and Redis store about an applied event.</summary>
/// <param name="Identity">Identifies the event; see <see cref="EventIdentity"/>.</param>
/// <param name="Content">Hash of its content; see <see cref="EventContent"/>.</param>
/// <param name="Major">
/// Major version of its type. While a producer publishes a fact in two, they share an identity and differ in content.
/// </param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventFingerprint(Guid Identity, long Content, short Major)
{
    /// <summary>The fingerprint of an event that was read.</summary>
    public static EventFingerprint Of(ReceivedEvent received) => new(
        received.Envelope.Identity(),
        EventContent.HashOf(received.Envelope.Type, received.Envelope.Subject, received.Data.Span),
        EventName.MajorOf(received.Envelope.Type));

    /// <summary>Whether it says something else than an applied event of the same identity, in the same major version.</summary>
    public bool Contradicts(EventFingerprint applied) => Content != applied.Content && Major == applied.Major;
}
