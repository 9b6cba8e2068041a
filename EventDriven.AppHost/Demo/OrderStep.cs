namespace EventDriven.AppHost.Demo;

/// <summary>A change of an order's state.</summary>
internal sealed record OrderStep(string State, DateTimeOffset At, string? Reason);
