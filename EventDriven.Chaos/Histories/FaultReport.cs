namespace EventDriven.Chaos.Histories;

/// <summary>A fault as it happened.</summary>
/// <param name="Fault">What was planned.</param>
/// <param name="Began">When it began.</param>
/// <param name="Ended">When it was over.</param>
/// <param name="TookEffect">Whether anybody noticed: a fault that nobody notices proves nothing.</param>
/// <param name="Note">What was noticed, or why nothing was.</param>
internal sealed record FaultReport(PlannedFault Fault, DateTimeOffset Began, DateTimeOffset Ended, bool TookEffect, string Note)
{
    /// <summary>Whether it can't happen on this machine, and was left out.</summary>
    public bool IsSkipped { get; init; }
}
