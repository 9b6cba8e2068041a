namespace EventDriven.Chaos.Inside;

/// <summary>What is to be wrong in a service's process.</summary>
internal sealed record Instructions
{
    /// <summary>By how much its clock is ahead; behind where it is negative.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>Share of its handlers' attempts that fail before they have any effect, 0 to 1.</summary>
    public double FailBeforeEffect { get; init; }

    /// <summary>Share of its handlers' attempts that fail when everything is saved and nothing is committed, 0 to 1.</summary>
    public double FailBeforeCommit { get; init; }

    /// <summary>Share of its handlers' attempts that take longer (<see cref="HandlerFaults.Delay"/>), 0 to 1.</summary>
    public double Slow { get; init; }
}
