using EventDriven.Messaging.Operations;
using EventDriven.Messaging.Operations.Logs;

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
            services.GetRequiredService<SystemAddresses>().Kafka ?? "", services.GetRequiredService<TimeProvider>()));
    }
}
