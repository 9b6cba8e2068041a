using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;
using Recommendations.Worker.Database;

namespace Recommendations.Worker.Baskets;

/// <summary>Records the SKUs of an order, once. A repeated order must have the same SKUs.</summary>
internal sealed class RecordBasket(RecommendationsDbContext database) : IEventHandler<OrderPlaced>
{
    public async Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken)
    {
        var skus = context.Data.Lines.Select(line => line.Sku).ToHashSet(StringComparer.Ordinal);
        var before = await database.Database.SqlQuery<string>(
            $"""
            WITH before AS (SELECT sku FROM basket_items WHERE order_id = {context.Data.OrderId}),
            added AS (
                INSERT INTO basket_items (order_id, sku) SELECT {context.Data.OrderId}, sku FROM unnest({skus.ToArray()}) AS sku
                WHERE NOT EXISTS (SELECT FROM before))
            SELECT sku AS "Value" FROM before
            """).ToListAsync(cancellationToken);
        if (before.Count > 0 && !skus.SetEquals(before))
        {
            throw new ContradictoryEventException("lines: the order was placed with other SKUs before.");
        }
    }
}
