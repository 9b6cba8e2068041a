using EventDriven.Messaging;
using Storefront.Orders;
using Storefront.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<OrdersDbContext>("ordersdb");
builder.AddMessaging<OrdersDbContext>("/orders")
    .UseKafka("kafka")
    .Publishes<OrderPlaced>("orders.v1", key: placed => placed.OrderId);

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapOrders();

await app.CreateTablesAsync<OrdersDbContext>();
await app.RunAsync();
