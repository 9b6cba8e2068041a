using EventDriven.Messaging.Lag;

namespace EventDriven.Chaos.Histories;

/// <summary>The lag of a group, as an instance reported it during a run.</summary>
/// <param name="Instance">The instance that was asked.</param>
/// <param name="Asked">When it was asked, by the rig's clock.</param>
/// <param name="Answered">When it had answered.</param>
/// <param name="Lag">Its answer.</param>
internal sealed record LagReading(string Instance, DateTimeOffset Asked, DateTimeOffset Answered, LagAnswer Lag)
{
    /// <summary>For a history.</summary>
    public override string ToString() =>
        $"{Instance} at {Answered:O}: {Lag.Group} is {Lag.Events} events and {Lag.Seconds} s behind, measured at {Lag.MeasuredAt:O}";
}
