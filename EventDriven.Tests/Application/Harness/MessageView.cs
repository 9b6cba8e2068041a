namespace EventDriven.Tests.Application.Harness;

/// <summary>A message as Notifications answers it.</summary>
internal sealed record MessageView(string Id, string EventId, string Kind, string State, DateTimeOffset? SentAt);
