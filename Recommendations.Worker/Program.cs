using EventDriven.Messaging.Operations;
using EventDriven.ServiceDefaults;
using EventDriven.ServiceDefaults.Http.Reference;
using Recommendations.Worker;
using Recommendations.Worker.Baskets;
using Recommendations.Worker.Database;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddServiceDatabase<RecommendationsDbContext>("recommendationsdb");
builder.AddRecommendationsEvents();
builder.AddApiReference("Recommendations", "Says what is ordered together.");

var app = builder.Build();

app.UseServiceDefaults();
app.MapDefaultEndpoints();
app.MapApiReference();
app.MapRecommendations();

return await app.RunServiceAsync(args);
