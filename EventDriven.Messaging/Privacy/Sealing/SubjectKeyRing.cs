using System.Collections.Concurrent;

namespace EventDriven.Messaging.Privacy.Sealing;

/// <summary>What is known of the keys that some events need.</summary>
internal sealed class SubjectKeyRing(int capacity)
{
    /// <summary>Of a service that opens no personal data: it reads null.</summary>
    public static readonly SubjectKeyRing None = new(0) { IsNone = true };

    private readonly ConcurrentDictionary<Guid, (SubjectKey? Key, Exception? Error)> _keys = new(concurrencyLevel: -1, capacity);

    private bool IsNone { get; init; }

    /// <summary>A key was found, or is destroyed.</summary>
    public void Add(Guid id, SubjectKey? key) => _keys[id] = (key, null);

    /// <summary>A key was not found.</summary>
    public void Add(Guid id, Exception error) => _keys[id] = (null, error);

    /// <summary>A key; null if it is destroyed, or the service opens nothing.</summary>
    /// <exception cref="SubjectKeysUnavailableException">The keys' owner didn't answer, or refused.</exception>
    /// <exception cref="UnreadableEventException">There never was such a key.</exception>
    public SubjectKey? Find(Guid id)
    {
        if (IsNone)
        {
            return null;
        }

        return _keys.TryGetValue(id, out var known) && known.Error is not KeyNotFoundException
            ? known.Error is null
                ? known.Key
                : known.Error as SubjectKeysUnavailableException
                    is { } away ? throw away : throw new SubjectKeysUnavailableException(known.Error.Message, known.Error)
            : throw new UnreadableEventException($"Personal data is sealed with key {id}, which its owner does not know.");
    }
}
