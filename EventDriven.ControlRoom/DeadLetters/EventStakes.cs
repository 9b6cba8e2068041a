using System.Text.Json;
using EventDriven.Messaging.Storage.DeadLetters;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>What some events are about, as far as they say: which orders, and how much money.</summary>
/// <param name="Orders">The orders, by id.</param>
/// <param name="Money">The largest amount that any event says of each order, summed by currency.</param>
public sealed record EventStakes(IReadOnlyList<string> Orders, IReadOnlyDictionary<string, decimal> Money)
{
    private static readonly string[] Amounts = ["total", "amount"];

    /// <summary>Reads events.</summary>
    public static EventStakes Of(IEnumerable<DeadLetter> events)
    {
        var orders = new SortedDictionary<string, (decimal Amount, string? Currency)>(StringComparer.Ordinal);
        foreach (var data in events.Select(known => known.Data).OfType<byte[]>())
        {
            if (Read(data) is var (order, amount, currency))
            {
                var known = orders.GetValueOrDefault(order);
                orders[order] = amount > known.Amount ? (amount, currency) : known;
            }
        }

        return new EventStakes(
            [.. orders.Keys],
            orders.Values.Where(order => order.Currency is not null).GroupBy(order => order.Currency!, StringComparer.Ordinal)
                .ToDictionary(currency => currency.Key, currency => currency.Sum(order => order.Amount), StringComparer.Ordinal));
    }

    private static (string Order, decimal Amount, string? Currency)? Read(byte[] data)
    {
        try
        {
            using var json = JsonDocument.Parse(data);
            if (json.RootElement.ValueKind != JsonValueKind.Object || Text(json.RootElement, "orderId") is not { } order)
            {
                return null;
            }

            var currency = Text(json.RootElement, "currency");
            var amount = currency is null ? 0 : Amounts.Max(name => Number(json.RootElement, name));
            return (order, amount, currency);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static decimal Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            ? number
            : 0;
}
