namespace EventDriven.Tests.Messaging.Host;

/// <summary>What was text in the former version.</summary>
internal sealed record NotedKey(string Value);
