namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>What an announced event goes back to.</summary>
internal sealed record Cause(string CorrelationId, string CausationId);
