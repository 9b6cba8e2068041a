namespace EventDriven.AppHost.Demo;

/// <summary>What the demo reads of Analytics' answer about one order.</summary>
internal sealed record FiguresAnswer(
    string State, DateTimeOffset? PlacedAt, DateTimeOffset? ReservedAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? PaidAt);
