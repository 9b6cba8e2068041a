using Microsoft.Extensions.Options;

namespace EventDriven.Messaging.Privacy.Sealing;

/// <summary>
/// The keys that a process has fetched: bounded in number and time, and each fetched once however many wait for it. What failed is not
/// kept. All are kept equally long, so the order in which they were fetched is the order in which they end. An owner that has let one fetch
/// wait until its timeout is not asked for as long again, so that events that need no key wait for it once and not for each key.
/// </summary>
/// <param name="source">Gives the source of a fetch.</param>
/// <param name="options">Bounds.</param>
/// <param name="time">Measures the bounds.</param>
internal sealed class SubjectKeyCache(Func<ISubjectKeySource> source, IOptions<MessagingOptions> options, TimeProvider time)
    : ISubjectKeyReader
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byAge = [];
    private int _drops;
    private volatile FailedFetch? _failed;

    /// <summary>
    /// Why the last fetch failed; null if it didn't, or some time ago: while events wait for keys, it is tried again and again.
    /// </summary>
    public string? Failure => _failed is { } failed && time.GetUtcNow() - failed.At < Recent ? failed.Why : null;

    private SubjectKeyOptions Options => options.Value.SubjectKeys;

    /// <summary>Keys that are kept or being fetched.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<SubjectKey?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var entry = Find(id, out var isFirst);
        if (isFirst)
        {
            // It goes on for the others when this caller waits no longer.
            await FetchAsync(entry).WaitAsync(cancellationToken);
        }

        return await entry.Fetched.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Drop(string subject)
    {
        lock (_lock)
        {
            // What is being fetched may be an answer from before.
            _drops++;
            for (var node = _byAge.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.Key?.Subject == subject)
                {
                    Remove(node);
                }

                node = next;
            }
        }
    }

    /// <summary>What is known of some keys. A failure belongs to the key that it was about.</summary>
    public async Task<SubjectKeyRing> RingAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var ring = new SubjectKeyRing(ids.Count);
        using var places = new SemaphoreSlim(Options.Concurrency);
        await Task.WhenAll(ids.Select(async id =>
        {
            // Not cancelled: each wait for a place ends with a fetch, and that has a timeout.
            await places.WaitAsync(CancellationToken.None);
            try
            {
                ring.Add(id, await FindAsync(id, cancellationToken));
            }
            catch (Exception exception)
            {
                ring.Add(id, exception);
            }
            finally
            {
                places.Release();
            }
        }));
        return ring;
    }

    private Entry Find(Guid id, out bool isFirst)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            while (_byAge.First is { } oldest && oldest.Value.Ends <= now)
            {
                Remove(oldest);
            }

            isFirst = !_entries.TryGetValue(id, out var known);
            if (known is not null)
            {
                return known.Value;
            }

            if (_entries.Count >= Options.Capacity)
            {
                Remove(_byAge.First!);
            }

            var entry = new Entry { Id = id, Ends = now + Options.Lifetime, Drops = _drops };
            _entries.Add(id, _byAge.AddLast(entry));
            return entry;
        }
    }

    private async Task FetchAsync(Entry entry)
    {
        if (_failed is { HasHung: true } hung && time.GetUtcNow() - hung.At < Options.Timeout)
        {
            Fail(entry, new SubjectKeysUnavailableException(hung.Why));
            return;
        }

        using var timeout = new CancellationTokenSource(Options.Timeout, time);
        try
        {
            var key = await source().FindAsync(entry.Id, timeout.Token);
            _failed = null;
            Keep(entry, key);
            entry.Fetched.SetResult(key);
        }
        catch (KeyNotFoundException exception)
        {
            _failed = null;
            Fail(entry, exception);
        }
        catch (Exception exception)
        {
            var hasHung = exception is OperationCanceledException;
            var failure = hasHung
                ? $"The owner of personal data's keys did not answer within {Options.Timeout}."
                : $"The keys of personal data can't be had: {exception.Message}";
            _failed = new FailedFetch(failure, time.GetUtcNow(), hasHung);
            Fail(entry, new SubjectKeysUnavailableException(failure, exception));
        }
    }

    private void Keep(Entry entry, SubjectKey? key)
    {
        lock (_lock)
        {
            entry.Key = key;
            if (_drops != entry.Drops)
            {
                Remove(entry);
            }
        }
    }

    private void Fail(Entry entry, Exception exception)
    {
        lock (_lock)
        {
            Remove(entry);
        }

        entry.Fetched.SetException(exception);
    }

    // Holds the lock. It may have made room for another meanwhile.
    private void Remove(Entry entry)
    {
        if (_entries.TryGetValue(entry.Id, out var node) && node.Value == entry)
        {
            Remove(node);
        }
    }

    // Holds the lock.
    private void Remove(LinkedListNode<Entry> node)
    {
        _entries.Remove(node.Value.Id);
        _byAge.Remove(node);
    }

    private sealed record FailedFetch(string Why, DateTimeOffset At, bool HasHung);

    /// <summary>A key that is kept, or being fetched by whoever asked first.</summary>
    private sealed class Entry
    {
        public required Guid Id { get; init; }

        public required DateTimeOffset Ends { get; init; }

        /// <summary>How many people had been dropped when it was asked for.</summary>
        public required int Drops { get; init; }

        public TaskCompletionSource<SubjectKey?> Fetched { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The key, once it is fetched.</summary>
        public SubjectKey? Key { get; set; }
    }
}
