using EventDriven.Messaging;
using EventDriven.Messaging.Tasks;
using EventDriven.ServiceDefaults;
using Inventory.Worker;
using Inventory.Worker.Database;
using Inventory.Worker.Reservations;
using Inventory.Worker.Stock;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceClients<InventoryDbContext>("inventorydb");
builder.AddMessaging<InventoryDbContext>("/inventory", InventoryEvents.Configure);
builder.AddReservations();

var app = builder.Build();

app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapStock();
app.MapReservations();

return await app.RunServiceAsync(args);
