using Storefront.ServiceDefaults;
using Storefront.Shipping;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<ShippingDbContext>("shippingdb");
builder.AddMessaging<ShippingDbContext>("/shipping")
    .UseKafka("kafka")
    .AddConsumer("shipping", consumer => consumer
        .Subscribe("orders.v1")
        .AddHandler<ShipOrder>());

var app = builder.Build();

app.MapDefaultEndpoints();
app.MapShipments();

await app.CreateTablesAsync<ShippingDbContext>();
await app.RunAsync();
