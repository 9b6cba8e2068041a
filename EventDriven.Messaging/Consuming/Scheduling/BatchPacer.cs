namespace EventDriven.Messaging.Consuming.Scheduling;

/// <summary>Learns from the batches that were committed what handlers take, and has the plan for the next ones.</summary>
internal sealed class BatchPacer
{
    private const double Weight = 0.2;

    private readonly Lock _lock = new();
    private readonly int _maxEvents;
    private double _handler;
    private double _waits;
    private TimeSpan _batch;
    private volatile BatchPlan _plan;

    /// <summary>Begins.</summary>
    /// <param name="maxEvents">Events of a batch, at most.</param>
    /// <param name="takesSingles">Whether there are handlers of single events; only they are measured.</param>
    public BatchPacer(int maxEvents, bool takesSingles = true)
    {
        _maxEvents = maxEvents;

        // Until it is known better, a handler takes as long as its transaction: the first batch is small, and
        // the next ones grow when it turns out quick.
        _handler = takesSingles ? 1 : 0;
        _plan = BatchPlanner.Plan(maxEvents, _handler, _waits, _batch);
    }

    /// <summary>For the batches that begin now.</summary>
    public BatchPlan Plan => _plan;

    /// <summary>Learns from a batch that was committed.</summary>
    public void Note(BatchTimes times)
    {
        lock (_lock)
        {
            _batch += Weight * (times.Batch - _batch);
            if (times.Singles is { Events: > 0 } singles && times.Transaction > TimeSpan.Zero)
            {
                var transactions = times.Transaction * singles.Events;
                _handler += Weight * ((singles.Took / transactions) - _handler);
                _waits += Weight * ((singles.Waited / transactions) - _waits);
            }

            _plan = BatchPlanner.Plan(_maxEvents, _handler, _waits, _batch);
        }
    }
}
