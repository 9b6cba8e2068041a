using System.Runtime.InteropServices;
using Analytics.Worker.Database;
using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Analytics.Worker.Orders;

/// <summary>Compares repeated OrderPlaced facts with the first one.</summary>
internal static class PlacedOrders
{
    /// <summary>The quantity of a SKU in an order, all lines together.</summary>
    public static Dictionary<(Guid OrderId, string Sku), int> Items(params ReadOnlySpan<OrderPlaced> orders)
    {
        var items = new Dictionary<(Guid OrderId, string Sku), int>();
        foreach (var order in orders)
        {
            foreach (var line in order.Lines)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(items, (order.OrderId, line.Sku), out _) += line.Quantity;
            }
        }

        return items;
    }

    /// <summary>Compares orders with what is stored.</summary>
    /// <exception cref="ContradictoryEventException">An order is stored with other values.</exception>
    public static async Task CompareAsync(AnalyticsDbContext database, OrderPlaced[] orders, CancellationToken cancellationToken)
    {
        var ids = Array.ConvertAll(orders, order => order.OrderId);
        var stored = await database.Orders.AsNoTracking().Where(order => ids.Contains(order.OrderId))
            .ToDictionaryAsync(order => order.OrderId, cancellationToken);
        var items = (await database.OrderedItems.AsNoTracking().Where(item => ids.Contains(item.OrderId)).ToListAsync(cancellationToken))
            .ToLookup(item => item.OrderId, item => (item.Sku, item.Quantity));
        foreach (var order in orders)
        {
            if (Differs(stored[order.OrderId], items[order.OrderId], order) is { } field)
            {
                throw new ContradictoryEventException($"{field}: the order was placed with another before.");
            }
        }
    }

    private static string? Differs(Order stored, IEnumerable<(string Sku, int Quantity)> items, OrderPlaced repeated) => repeated switch
    {
        _ when stored.Currency != repeated.Currency => "currency",
        _ when stored.Total != repeated.Total => "total",
        _ when !items.ToHashSet().SetEquals(Items(repeated).Select(item => (item.Key.Sku, item.Value))) => "lines",

        // PostgreSQL stores whole microseconds.
        _ when (stored.PlacedAt!.Value - repeated.PlacedAt).Duration() >= TimeSpan.FromMicroseconds(1) => "placedAt",
        _ => null,
    };
}
