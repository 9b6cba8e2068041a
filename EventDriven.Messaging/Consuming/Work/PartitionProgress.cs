using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;

namespace EventDriven.Messaging.Consuming.Work;

/// <summary>One assignment of a partition: what was read of it, what is done, and whether it is still ours.</summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "Lanes may hold its tokens after it is given up; they have neither timers nor wait handles to release.")]
internal sealed class PartitionProgress(TopicPartition partition, DateTimeOffset assignedAt = default)
{
    private readonly Lock _lock = new();
    private readonly OffsetTracker _offsets = new();
    private readonly CancellationTokenSource _givenUp = new();
    private readonly CancellationTokenSource _aborted = new();
    private readonly ManualResetEventSlim _idle = new(initialState: true);
    private int _running;
    private bool _moved;
    private bool _isGivenUp;

    public TopicPartition Partition { get; } = partition;

    /// <summary>When this instance was given it.</summary>
    public DateTimeOffset AssignedAt { get; } = assignedAt;

    /// <summary>The keys whose events are stored as dead letters instead of being applied.</summary>
    public ParkedKeys Parked { get; } = new();

    /// <summary>Whether as much is read and not done as may be. Only the thread that reads from Kafka writes it.</summary>
    public bool Full { get; set; }

    /// <summary>
    /// Records that it may still read while its topic is halted; null when it isn't. Only the thread that reads from Kafka writes it.
    /// </summary>
    public int? MayRead { get; set; }

    /// <summary>Of the record that was read last, where a partition is one lane. Only the thread that reads from Kafka uses it.</summary>
    public ReadAhead? Last { get; set; }

    /// <summary>
    /// How far probes have looked, see <c>LookAhead</c>. Only its one lane uses it, which holds the record for as long as it matters: held
    /// here, it would keep every record that is read after it.
    /// </summary>
    public WeakReference<PendingEvent>? LookedUpTo { get; set; }

    /// <summary>Only the thread that reads from Kafka pauses and resumes.</summary>
    public bool Paused { get; set; }

    /// <summary>Cancelled when the partition is given up: nothing new is started, what runs may finish.</summary>
    public CancellationToken GivenUp => _givenUp.Token;

    /// <summary>Cancelled when what runs must stop: the partition is lost, or the time to finish is over.</summary>
    public CancellationToken Aborted => _aborted.Token;

    public int Window
    {
        get
        {
            lock (_lock)
            {
                return _offsets.Window;
            }
        }
    }

    /// <summary>The offset that holds up the others; null when nothing is held up, which can become so at any moment.</summary>
    public long? Oldest
    {
        get
        {
            lock (_lock)
            {
                return _offsets.Oldest;
            }
        }
    }

    public void Start(long offset)
    {
        lock (_lock)
        {
            _offsets.Start(offset);
        }
    }

    public void Finish(long offset)
    {
        lock (_lock)
        {
            _moved |= _offsets.Finish(offset);
        }
    }

    /// <summary>Counts an attempt as running, unless the partition is given up.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_isGivenUp)
            {
                return false;
            }

            _running++;
            _idle.Reset();
            return true;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            if (--_running == 0)
            {
                _idle.Set();
            }
        }
    }

    /// <summary>The offset to store, when it moved since the last call.</summary>
    public TopicPartitionOffset? TakeMoved()
    {
        lock (_lock)
        {
            if (!_moved)
            {
                return null;
            }

            _moved = false;
            return new TopicPartitionOffset(Partition, _offsets.Position!.Value);
        }
    }

    public void GiveUp()
    {
        lock (_lock)
        {
            _isGivenUp = true;
        }

        // Not on this thread, which reads from Kafka: whoever waits on the token would run here.
        _ = _givenUp.CancelAsync();
    }

    public void Abort()
    {
        GiveUp();
        _ = _aborted.CancelAsync();
    }

    /// <summary>Blocks until no attempt is running, at most for <paramref name="atMost"/>; false when one still is.</summary>
    public bool WaitIdle(TimeSpan atMost) => _idle.Wait(atMost);
}
