using EventDriven.Messaging.Operations;
using EventDriven.ServiceDefaults;
using EventDriven.ServiceDefaults.Http.Reference;
using Notifications.Worker;
using Notifications.Worker.Database;
using Notifications.Worker.Messages;
using Notifications.Worker.Privacy;
using Notifications.Worker.Sending;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<NotificationsDbContext>("notificationsdb");
builder.AddNotificationsEvents();
builder.AddCheckoutKeys();
builder.AddMessages();
builder.AddSending();
builder.AddApiReference("Notifications", "Writes to customers, and says what it wrote.");

var app = builder.Build();

app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapApiReference();
app.MapMessages();

return await app.RunServiceAsync(args);
