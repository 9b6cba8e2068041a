using EventDriven.ControlRoom;
using EventDriven.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddControlRoom();

var app = builder.Build();

app.UseServiceDefaults();
app.UseControlRoom();
app.MapDefaultEndpoints();
app.MapControlRoom();

await app.RunAsync();
