namespace EventDriven.AppHost.Demo;

/// <summary>What the demo reads of Notifications' answer.</summary>
internal sealed record MessageAnswer(string Kind, string State, DateTimeOffset? SentAt);
