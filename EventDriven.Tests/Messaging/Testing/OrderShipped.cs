namespace EventDriven.Tests.Messaging.Testing;

internal sealed record OrderShipped(string OrderId);
