namespace EventDriven.Chaos.Samples;

/// <summary>A value that was measured during a run.</summary>
/// <param name="Kind">What it measures.</param>
/// <param name="Of">Whose it is: an instance, a role, or a table with its database.</param>
/// <param name="At">When, from the beginning of the load.</param>
/// <param name="Orders">Orders that were acknowledged by then.</param>
/// <param name="Value">The value.</param>
internal sealed record Sample(SampleKind Kind, string Of, TimeSpan At, int Orders, double Value);
