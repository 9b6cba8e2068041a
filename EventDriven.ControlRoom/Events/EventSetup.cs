using EventDriven.ControlRoom.Servers;
using EventDriven.Messaging.Operations.Logs;
using Microsoft.Extensions.Options;

namespace EventDriven.ControlRoom.Events;

/// <summary>Registers what shows single events.</summary>
internal static class EventSetup
{
    public static void AddEvents(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<DashboardOptions>().BindConfiguration(DashboardOptions.Section)
            .Validate(
                options => options.Dashboard is null or { IsAbsoluteUri: true, Scheme: "http" or "https" },
                $"{DashboardOptions.Section}:{nameof(DashboardOptions.Dashboard)} must be an address such as http://localhost:15080.")
            .ValidateOnStart();
        builder.Services.AddSingleton<TraceLinks>();
        builder.Services.AddSingleton<EventTopics>();
        builder.Services.AddSingleton(services => new LogBrowser(
            services.GetRequiredService<IOptions<ServerAddresses>>().Value.Kafka, services.GetRequiredService<TimeProvider>()));
    }
}
