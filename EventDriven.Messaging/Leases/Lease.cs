using System.Runtime.InteropServices;

namespace EventDriven.Messaging.Leases;

/// <summary>An answer of <c>RedisLeases</c>.</summary>
/// <param name="State">What it is.</param>
/// <param name="Token">Fencing token; grows with each lease of a group.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Lease(LeaseState State, long Token)
{
    public static readonly Lease Done = new(LeaseState.Done, 0);
    public static readonly Lease DoneAltered = new(LeaseState.DoneAltered, 0);
    public static readonly Lease HeldByAnother = new(LeaseState.HeldByAnother, 0);
    public static readonly Lease Unknown = new(LeaseState.Unknown, 0);
}
