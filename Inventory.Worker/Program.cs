using EventDriven.Contracts;
using EventDriven.Messaging.Operations;
using EventDriven.ServiceDefaults;
using EventDriven.ServiceDefaults.Contracts;
using EventDriven.ServiceDefaults.Http.Reference;
using Inventory.Worker;
using Inventory.Worker.Database;
using Inventory.Worker.Reservations;
using Inventory.Worker.Stock;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<InventoryDbContext>("inventorydb");
builder.AddInventoryEvents();
builder.AddReservations();
builder.AddApiReference("Inventory", "Owns the stock and what is set aside of it for orders.");

var app = builder.Build();

app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapApiReference();
app.MapStock();
app.MapReservations();
app.MapContracts(typeof(Topics).Assembly);

return await app.RunServiceAsync(args);
