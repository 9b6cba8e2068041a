using System.Runtime.InteropServices;

namespace EventDriven.Messaging.Idempotency;

/// <summary>What inbox and Redis keep of an event that was applied.</summary>
/// <param name="Identity">Which event it was: see <see cref="Events.EventIdentity"/>.</param>
/// <param name="Content">What it said: see <see cref="Events.EventContent"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventMark(Guid Identity, long Content);
