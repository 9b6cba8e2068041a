using EventDriven.Messaging;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>The next major version of <see cref="Noted"/>.</summary>
[Event("test.notes.number-noted.v2")]
internal sealed record NotedAnew(NotedKey Key, int Number);
