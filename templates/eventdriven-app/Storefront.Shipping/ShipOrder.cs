using EventDriven.Messaging;

namespace Storefront.Shipping;

/// <summary>Ships each order once. The library commits the shipment together with the fact that its event was handled.</summary>
internal sealed class ShipOrder(ShippingDbContext database) : IEventHandler<OrderPlaced>
{
    public async Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken)
    {
        var placed = context.Data;
        if (await database.Shipments.FindAsync([placed.OrderId], cancellationToken) is null)
        {
            database.Shipments.Add(new Shipment { OrderId = placed.OrderId, Sku = placed.Sku, Quantity = placed.Quantity });
        }
    }
}
