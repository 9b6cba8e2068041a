namespace EventDriven.AppHost.Demo;

/// <summary>What the demo reads of Checkout's answer.</summary>
internal sealed record OrderAnswer(Guid Id, string State, string Currency, decimal Total, IReadOnlyList<OrderStep> History);
