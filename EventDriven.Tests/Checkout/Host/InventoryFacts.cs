using System.Text.Json;
using EventDriven.Contracts;
using EventDriven.Contracts.Inventory;
using EventDriven.Messaging;

namespace EventDriven.Tests.Checkout.Host;

/// <summary>What Inventory announces, as it stands on its topic.</summary>
internal static class InventoryFacts
{
    public static (EventEnvelope Envelope, byte[] Data) StockReserved(Guid orderId) => (
        Envelope(EventTypes.StockReserved, orderId),
        JsonSerializer.SerializeToUtf8Bytes(
            new StockReserved(orderId, [new StockLine("tea-assam", 1)], TimeProvider.System.GetUtcNow()),
            ContractsJson.Default.StockReserved));

    public static (EventEnvelope Envelope, byte[] Data) StockRejected(Guid orderId, params string[] skus) => (
        Envelope(EventTypes.StockRejected, orderId),
        JsonSerializer.SerializeToUtf8Bytes(
            new StockRejected(orderId, [.. skus.Select(s => new StockShortage(s, 2, 1))], TimeProvider.System.GetUtcNow()),
            ContractsJson.Default.StockRejected));

    private static EventEnvelope Envelope(string type, Guid orderId)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new EventEnvelope
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Source = "/inventory",
            Type = type,
            Subject = orderId.ToString(),
            Time = now,
            CorrelationId = "journey-7",
            CausationId = "test",
        };
    }
}
