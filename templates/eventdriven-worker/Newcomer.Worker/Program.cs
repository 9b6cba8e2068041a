using EventDriven.Messaging.Operations;
using EventDriven.ServiceDefaults;
using EventDriven.ServiceDefaults.Http.Reference;
using Newcomer.Namespace.Worker;
using Newcomer.Namespace.Worker.Database;
using Newcomer.Namespace.Worker.Somewhere;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<ArrivalDbContext>("newcomerdb");
builder.AddArrivalEvents();
builder.AddApiReference("Newcomer", "Records each SomethingHappened.");

var app = builder.Build();

app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapApiReference();
app.MapHappenedThings();

return await app.RunServiceAsync(args);
