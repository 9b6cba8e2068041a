using EventDriven.Messaging;
using EventDriven.Messaging.Tasks;
using EventDriven.ServiceDefaults;
using Recommendations.Worker;
using Recommendations.Worker.Baskets;
using Recommendations.Worker.Database;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceClients<RecommendationsDbContext>("recommendationsdb");
builder.AddMessaging<RecommendationsDbContext>("/recommendations", RecommendationsEvents.Configure);

var app = builder.Build();

app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapRecommendations();

return await app.RunServiceAsync(args);
