using Analytics.Worker;
using Analytics.Worker.Customers;
using Analytics.Worker.Database;
using Analytics.Worker.Journeys;
using Analytics.Worker.Orders;
using Analytics.Worker.Revenue;
using EventDriven.Identity;
using EventDriven.Messaging.Operations;
using EventDriven.ServiceDefaults;
using EventDriven.ServiceDefaults.Http.Reference;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<AnalyticsDbContext>("analyticsdb");
builder.AddAnalyticsEvents();
builder.Services.AddHostedService<ReceiptRetention>();
builder.AddApiReference("Analytics", "Answers questions about what has happened.");

var app = builder.Build();

app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapApiReference();
var analytics = app.MapGroup("/analytics").WithTags("Analytics").RequireAuthorization(Scopes.AnalyticsRead);
analytics.MapOrders();
analytics.MapRevenue();
analytics.MapSignUps();
analytics.MapJourneys();

return await app.RunServiceAsync(args);
