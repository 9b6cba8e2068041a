namespace EventDriven.Tests.Messaging.Testing;

internal sealed record OrderPlaced(string OrderId);
