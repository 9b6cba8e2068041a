namespace EventDriven.Tests.Application.Harness;

/// <summary>A message as Notifications answers it.</summary>
internal sealed record MessageView(string Id, Guid EventId, string Kind, string State, DateTimeOffset? SentAt);
