using EventDriven.Contracts;
using EventDriven.Contracts.Inventory;
using EventDriven.Messaging;
using Inventory.Worker.Database;
using Inventory.Worker.Orders;

namespace Inventory.Worker;

/// <summary>Inventory announces what it did about an order's stock, and listens to orders.</summary>
internal static class InventoryEvents
{
    public static IMessagingBuilder AddInventoryEvents(this IHostApplicationBuilder builder) =>
        builder.AddMessaging<InventoryDbContext>("/inventory")
            .UseKafka("kafka")
            .UseRedisLeases("redis")
            .UseJson(ContractsJson.Default, OrderEvents.Default)
            .Publishes<StockReserved>(Topics.Inventory, key: e => e.OrderId)
            .Publishes<StockRejected>(Topics.Inventory, key: e => e.OrderId)
            .Publishes<StockReleased>(Topics.Inventory, key: e => e.OrderId)
            .AddConsumer("inventory", consumer => consumer
                .Subscribe(Topics.Orders)
                .AddHandler<ReserveStock>()
                .AddHandler<ReleaseStock>());
}
