using EventDriven.Contracts;
using EventDriven.Messaging.Hosting;
using Inventory.Worker.Database;
using Inventory.Worker.Orders;

namespace Inventory.Worker;

/// <summary>Inventory announces what it did about an order's stock, and listens to orders.</summary>
internal static class InventoryEvents
{
    public static void Configure(MessagingBuilder<InventoryDbContext> messaging) => messaging
        .Publishes(EventTypes.StockReserved, Topics.Inventory.Name, ContractsJson.Default.StockReserved, e => e.OrderId.ToString())
        .Publishes(EventTypes.StockRejected, Topics.Inventory.Name, ContractsJson.Default.StockRejected, e => e.OrderId.ToString())
        .Publishes(EventTypes.StockReleased, Topics.Inventory.Name, ContractsJson.Default.StockReleased, e => e.OrderId.ToString())
        .Consumes("inventory", group => group
            .From(Topics.Orders.Name)
            .HandlesBatches<OrderPlaced, ReserveStock>(EventTypes.OrderPlaced, OrderEvents.Default.OrderPlaced)
            .HandlesBatches<OrderCancelled, ReleaseStock>(EventTypes.OrderCancelled, OrderEvents.Default.OrderCancelled));
}
