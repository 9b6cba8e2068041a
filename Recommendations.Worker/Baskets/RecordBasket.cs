using EventDriven.Messaging.Consumer;
using Microsoft.EntityFrameworkCore;
using Recommendations.Worker.Database;

namespace Recommendations.Worker.Baskets;

/// <summary>Records what an order asked for.</summary>
internal sealed class RecordBasket(RecommendationsDbContext database) : IEventHandler<OrderPlaced>
{
    public Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken) => database.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO basket_items (order_id, sku)
        SELECT {context.Data.OrderId}, sku FROM unnest({context.Data.Lines.Select(l => l.Sku).ToArray()}) AS sku
        ON CONFLICT DO NOTHING
        """,
        cancellationToken);
}
