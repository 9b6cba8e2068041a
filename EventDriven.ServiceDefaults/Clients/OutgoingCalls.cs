using EventDriven.ServiceDefaults.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventDriven.ServiceDefaults.Clients;

/// <summary>
/// What all calls to others have in common: services are found by name, the call carries its cause, and it goes where it was sent. A
/// redirect that is followed takes a request, with what it carries, to an address that nobody has configured, and makes a GET of a POST,
/// whose success is mistaken for that of the command.
/// </summary>
internal static class OutgoingCalls
{
    public static void AddOutgoingCalls(this IHostApplicationBuilder builder)
    {
        builder.Services.AddServiceDiscovery();
        builder.Services.AddTransient<CorrelationHandler>();
        builder.Services.ConfigureHttpClientDefaults(http => http
            .UseSocketsHttpHandler((handler, _) => handler.AllowAutoRedirect = false)
            .AddServiceDiscovery()
            .AddHttpMessageHandler<CorrelationHandler>());
    }
}
