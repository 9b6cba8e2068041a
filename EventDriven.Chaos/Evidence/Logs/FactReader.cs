using System.Text.Json;
using EventDriven.Contracts;
using EventDriven.Contracts.Customers;
using EventDriven.Contracts.Inventory;
using EventDriven.Contracts.Orders;
using EventDriven.Contracts.Payments;
using EventDriven.Messaging;

namespace EventDriven.Chaos.Evidence.Logs;

/// <summary>Reads the data of this system's facts.</summary>
internal static class FactReader
{
    private static readonly Dictionary<string, Type> Facts = new[]
    {
        typeof(OrderPlaced), typeof(OrderConfirmed), typeof(OrderRejected), typeof(OrderCancelled), typeof(PaymentCaptured),
        typeof(PaymentRefused), typeof(PaymentRefunded), typeof(StockReserved), typeof(StockRejected), typeof(StockReleased),
        typeof(UserSignedUp), typeof(CustomerForgotten),
    }.ToDictionary(EventName.Of, StringComparer.Ordinal);

    /// <summary>Whether it is a type of this system.</summary>
    public static bool Knows(string type) => Facts.ContainsKey(type);

    /// <summary>The fact; null for another type, or data that does not fit it.</summary>
    public static object? Read(string type, ReadOnlySpan<byte> data)
    {
        if (!Facts.TryGetValue(type, out var record))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(data, ContractsJson.Default.GetTypeInfo(record)!);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
