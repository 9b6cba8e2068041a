using EventDriven.ControlRoom;
using EventDriven.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddControlRoom();

var app = builder.Build();

app.UsePages();
app.UseServiceDefaults();
app.UseForms();
app.MapDefaultEndpoints();
app.MapControlRoom();

await app.RunAsync();
