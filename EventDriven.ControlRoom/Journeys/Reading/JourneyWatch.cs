namespace EventDriven.ControlRoom.Journeys.Reading;

/// <summary>One order that somebody looks at. It is read once for all who do, and once a second at most.</summary>
internal sealed class JourneyWatch(Func<Task<OrderJourney>> read, TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromMilliseconds(900);

    private readonly Lock _lock = new();
    private Task<OrderJourney>? _reading;
    private long _begunAt;

    /// <summary>The order's journey, read within the last second.</summary>
    public Task<OrderJourney> ReadAsync()
    {
        lock (_lock)
        {
            if (_reading is null || (_reading.IsCompleted && time.GetElapsedTime(_begunAt) >= Age))
            {
                _begunAt = time.GetTimestamp();
                _reading = read();
            }

            return _reading;
        }
    }
}
