using EventDriven.Messaging.Events;
using EventDriven.Messaging.Leases;

namespace EventDriven.Tests.Messaging.Consuming;

/// <summary>Leases in memory: the test says what the store knows.</summary>
internal sealed class FakeLeases : IEventLeases
{
    /// <summary>The store's answer for an event.</summary>
    public Func<EventFingerprint, Lease> Answers { get; set; } = _ => new Lease(LeaseState.Acquired, 1);

    public int Asked { get; private set; }

    public List<EventFingerprint> Completed { get; } = [];

    public List<EventFingerprint> Released { get; } = [];

    public Task<Lease[]> AcquireAsync(string prefix, IReadOnlyList<EventFingerprint> events)
    {
        Asked++;
        return Task.FromResult(events.Select(Answers).ToArray());
    }

    public Task CompleteAsync(string prefix, IReadOnlyCollection<EventFingerprint> events, Lease lease)
    {
        Completed.AddRange(events);
        return Task.CompletedTask;
    }

    public Task MarkAsync(string prefix, IReadOnlyCollection<EventFingerprint> events) => Task.CompletedTask;

    public Task ReleaseAsync(string prefix, IReadOnlyCollection<EventFingerprint> events, Lease lease)
    {
        Released.AddRange(events);
        return Task.CompletedTask;
    }
}
