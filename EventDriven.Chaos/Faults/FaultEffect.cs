namespace EventDriven.Chaos.Faults;

/// <summary>What came of a fault.</summary>
/// <param name="TookEffect">Whether anybody noticed.</param>
/// <param name="Note">What was noticed, or why nothing was.</param>
internal sealed record FaultEffect(bool TookEffect, string Note);
