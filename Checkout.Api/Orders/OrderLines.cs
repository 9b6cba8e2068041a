using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Checkout.Api.Orders;

/// <summary>
/// Stores an order's lines as one JSON document in its row. They are written once and read only with their order; as rows of their own
/// table, they were the larger part of an order's cost in the database.
/// </summary>
internal static class OrderLines
{
    /// <summary>Converts lines to and from <c>jsonb</c>.</summary>
    public static readonly ValueConverter<IReadOnlyList<OrderLine>, string> Converter = new(
        lines => JsonSerializer.Serialize(lines, OrderLineJson.Default.IReadOnlyListOrderLine),
        json => JsonSerializer.Deserialize(json, OrderLineJson.Default.IReadOnlyListOrderLine)!);

    /// <summary>Compares by reference, because lines never change.</summary>
    public static readonly ValueComparer<IReadOnlyList<OrderLine>> Comparer = new(
        (one, other) => ReferenceEquals(one, other), lines => lines.Count, lines => lines);

    /// <summary>UTF-8 JSON.</summary>
    public static byte[] ToJson(IReadOnlyList<OrderLine> lines) =>
        JsonSerializer.SerializeToUtf8Bytes(lines, OrderLineJson.Default.IReadOnlyListOrderLine);
}
