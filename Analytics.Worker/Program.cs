using Analytics.Worker;
using Analytics.Worker.Customers;
using Analytics.Worker.Database;
using Analytics.Worker.Journeys;
using Analytics.Worker.Orders;
using Analytics.Worker.Revenue;
using EventDriven.Messaging;
using EventDriven.Messaging.Tasks;
using EventDriven.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceClients<AnalyticsDbContext>("analyticsdb");
builder.AddMessaging<AnalyticsDbContext>("/analytics", AnalyticsEvents.Configure);
builder.Services.AddHostedService<ReceiptRetention>();

var app = builder.Build();

app.UseServiceDefaults();
app.MapDefaultEndpoints();
var analytics = app.MapGroup("/analytics");
analytics.MapOrders();
analytics.MapRevenue();
analytics.MapSignUps();
analytics.MapJourneys();

return await app.RunServiceAsync(args);
