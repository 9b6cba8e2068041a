namespace EventDriven.Chaos.Faults;

/// <summary>What came of a fault.</summary>
/// <param name="TookEffect">Whether anybody noticed.</param>
/// <param name="Note">What was noticed, or why nothing was.</param>
internal sealed record FaultEffect(bool TookEffect, string Note)
{
    /// <summary>Whether it can't happen on this machine, and was left out.</summary>
    public bool IsSkipped { get; private init; }

    /// <summary>It can't happen on this machine.</summary>
    public static FaultEffect Skipped(string why) => new(false, $"skipped: {why}") { IsSkipped = true };
}
