namespace EventDriven.Messaging.Consuming.Work;

/// <summary>What a session posts to its lanes: an event of the log, or a look at the dead letters of a key.</summary>
/// <param name="progress">Its partition.</param>
/// <param name="lane">Where it waits its turn.</param>
internal abstract class ConsumerWork(PartitionProgress progress, string lane) : ILaneItem
{
    private AttemptHistory? _history;

    /// <summary>Its partition.</summary>
    public PartitionProgress Progress { get; } = progress;

    /// <inheritdoc/>
    public string Lane { get; } = lane;

    /// <inheritdoc/>
    public CancellationToken Dropped => Progress.GivenUp;

    /// <inheritdoc/>
    public bool IsAlone { get; set; }

    /// <summary>How its attempts have gone; most need none.</summary>
    public AttemptHistory History => _history ??= new AttemptHistory();

    /// <summary>Attempts that failed.</summary>
    public int Failures => _history?.Failures ?? 0;
}
