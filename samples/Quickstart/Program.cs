using EventDriven.Messaging;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<Shop>(options => options.UseNpgsql(builder.Configuration.GetConnectionString("shop")));
builder.AddMessaging<Shop>("/shop")
    .UseKafka("kafka")
    .Publishes<OrderPlaced>("orders.v1", key: e => e.OrderId)
    .AddConsumer("shipping", consumer => consumer.Subscribe("orders.v1").AddHandler<ShipOrder>());

var app = builder.Build();
app.MapPost("/orders/{id}", async (string id, Shop shop, IOutbox outbox, TimeProvider time) =>
{
    shop.Orders.Add(new Order(id));
    outbox.Add(new OrderPlaced(id), time.GetUtcNow()); // committed with the order, or not at all
    await shop.SaveChangesAsync();
});
app.MapGet("/orders", (Shop shop) => shop.Orders.ToListAsync());
await using (var scope = app.Services.CreateAsyncScope())
    await scope.ServiceProvider.GetRequiredService<Shop>().Database.EnsureCreatedAsync();
await app.RunAsync();

[Event("shop.orders.order-placed.v1")] internal sealed record OrderPlaced(string OrderId);
internal sealed record Order(string Id) { public bool IsShipped { get; set; } }
internal sealed class Shop(DbContextOptions<Shop> options) : DbContext(options) { public DbSet<Order> Orders => Set<Order>(); }
internal sealed class ShipOrder(Shop shop) : IEventHandler<OrderPlaced>
{
    public async Task HandleAsync(EventContext<OrderPlaced> context, CancellationToken cancellationToken) =>
        (await shop.Orders.SingleAsync(order => order.Id == context.Data.OrderId, cancellationToken)).IsShipped = true;
}
