using EventDriven.Messaging.Events;

namespace EventDriven.Messaging.Leases;

/// <summary>No leases: the inbox alone decides.</summary>
internal sealed class NoLeases : IEventLeases
{
    public bool AreKept => false;

    public Task<Lease[]> AcquireAsync(string prefix, IReadOnlyList<EventFingerprint> events) =>
        Task.FromResult(Array.ConvertAll([.. events], _ => Lease.Unknown));

    public Task CompleteAsync(string prefix, IReadOnlyCollection<EventFingerprint> events, Lease lease) => Task.CompletedTask;

    public Task MarkAsync(string prefix, IReadOnlyCollection<EventFingerprint> events) => Task.CompletedTask;

    public Task ReleaseAsync(string prefix, IReadOnlyCollection<EventFingerprint> events, Lease lease) => Task.CompletedTask;
}
