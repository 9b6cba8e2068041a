namespace EventDriven.Tests.Messaging.Testing;

internal sealed class TestOrder
{
    public required string Id { get; init; }
}
