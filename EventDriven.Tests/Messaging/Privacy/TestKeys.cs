using System.Collections.Concurrent;
using System.Security.Cryptography;
using EventDriven.Messaging;
using EventDriven.Messaging.Privacy;
using EventDriven.Messaging.Privacy.Sealing;
using Microsoft.Extensions.Options;

namespace EventDriven.Tests.Messaging.Privacy;

/// <summary>The owner of people's keys, in memory: makes, gives and destroys them, and can be away.</summary>
internal sealed class TestKeys : ISubjectKeys, ISubjectKeySource
{
    private readonly ConcurrentDictionary<string, SubjectKey> _bySubject = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, SubjectKey?> _byId = new();
    private int _fetched;

    /// <summary>Called before a key is given: to be away, or slow.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>How often a key was asked for.</summary>
    public int Fetched => Volatile.Read(ref _fetched);

    public SubjectKey Of(string subject) => _bySubject.GetOrAdd(subject, Make);

    public async Task<SubjectKey?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _fetched);
        await Before(cancellationToken);
        return _byId.TryGetValue(id, out var key) ? key : throw new KeyNotFoundException();
    }

    /// <summary>The keys that some data needs, as a consumer gets them.</summary>
    public Task<SubjectKeyRing> RingAsync(byte[] data)
    {
        var ids = new HashSet<Guid>();
        PersonalRecord.AddKeyIds(data, ids);
        return new SubjectKeyCache(() => this, Options.Create(new MessagingOptions()), TimeProvider.System)
            .RingAsync(ids, TestContext.Current.CancellationToken);
    }

    /// <summary>Destroys a person's key.</summary>
    /// <param name="subject">The person.</param>
    /// <param name="keepsName">Whether the producer still seals with it, as one that doesn't know yet.</param>
    public void Destroy(string subject, bool keepsName = false)
    {
        if (_bySubject.TryGetValue(subject, out var key))
        {
            _byId[key.Id] = null;
            if (!keepsName)
            {
                _bySubject.TryRemove(subject, out _);
            }
        }
    }

    private SubjectKey Make(string subject)
    {
        var key = new SubjectKey(
            Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), subject, RandomNumberGenerator.GetBytes(SubjectKey.Size));
        _byId[key.Id] = key;
        return key;
    }
}
