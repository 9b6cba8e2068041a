using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventDriven.ServiceDefaults.Http.Proxies;

/// <summary>Finds a client's address behind the proxies that are configured, and behind no other.</summary>
internal static class ProxySetup
{
    public static void AddProxies(this IHostApplicationBuilder builder) => builder.Services.AddOptions<ProxyOptions>()
        .BindConfiguration(ProxyOptions.Section).ValidateDataAnnotations().ValidateOnStart();

    public static void UseProxies(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value;
        if (options.Networks.Count == 0)
        {
            return;
        }

        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = options.Count,
        };

        // The framework believes loopback unless it is told otherwise.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in options.Networks)
        {
            forwarded.KnownIPNetworks.Add(ProxyOptions.Parse(network)!.Value);
        }

        app.UseForwardedHeaders(forwarded);
    }
}
