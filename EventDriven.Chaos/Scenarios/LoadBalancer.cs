using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace EventDriven.Chaos.Scenarios;

/// <summary>
/// A reverse proxy before the instances of a service, which asks each whether it is ready, as the probes of a deployment do, only more
/// often. It tries no request again.
/// </summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    // The first look that fails takes an instance out, soon enough for the seconds that it still serves.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookTimeout = TimeSpan.FromSeconds(5);
    private static readonly Dictionary<string, string> AtOnce =
        new(StringComparer.Ordinal) { ["ConsecutiveFailuresHealthPolicy.Threshold"] = "1" };

    private readonly WebApplication _app;
    private readonly string _service;
    private readonly ConcurrentDictionary<string, int> _sent = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _failures = [];

    private LoadBalancer(WebApplication app, string service) => (_app, _service) = (app, service);

    /// <summary>Where clients reach the service.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>How many requests each instance was sent, by its name.</summary>
    public IReadOnlyDictionary<string, int> Sent => _sent;

    /// <summary>
    /// Requests that no instance has answered. One that its client did not wait for is none of them: a machine that has too much to do is
    /// slow.
    /// </summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Starts one without instances.</summary>
    public static async Task<LoadBalancer> StartAsync(string service, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddReverseProxy().LoadFromMemory([], []);
        var app = builder.Build();
        var balancer = new LoadBalancer(app, service);
        app.MapReverseProxy(proxy =>
        {
            proxy.UseLoadBalancing();
            proxy.Use(async (http, next) =>
            {
                await next(http);
                if (http.GetReverseProxyFeature().ProxiedDestination is { } chosen)
                {
                    balancer._sent.AddOrUpdate(chosen.DestinationId, 1, (_, count) => count + 1);
                }

                if (http.GetForwarderErrorFeature() is { } failure && !IsClients(failure.Error))
                {
                    balancer._failures.Enqueue(
                        $"{http.Request.Method} {http.Request.Path} at {service}: {failure.Error} {failure.Exception?.Message}");
                }
            });
        });
        await app.StartAsync(cancellationToken);
        return balancer;
    }

    /// <summary>Says which instances there are. They are ready when they come.</summary>
    public void Balance(IEnumerable<AddedInstance> instances) => _app.Services.GetRequiredService<InMemoryConfigProvider>().Update(
        [new RouteConfig { RouteId = _service, ClusterId = _service, Match = new RouteMatch { Path = "{**path}" } }],
        [
            new ClusterConfig
            {
                ClusterId = _service,
                LoadBalancingPolicy = "RoundRobin",
                Metadata = AtOnce,
                HttpRequest = new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromMinutes(1) },
                HealthCheck = new HealthCheckConfig
                {
                    AvailableDestinationsPolicy = "HealthyOrPanic",
                    Active = new ActiveHealthCheckConfig
                    {
                        Enabled = true,
                        Interval = Interval,
                        Timeout = LookTimeout,
                        Policy = "ConsecutiveFailures",
                        Path = "/health",
                    },
                },
                Destinations = instances.ToDictionary(
                    instance => instance.Name,
                    instance => new DestinationConfig { Address = instance.Address.OriginalString },
                    StringComparer.Ordinal),
            },
        ]);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static bool IsClients(ForwarderError error) => error is ForwarderError.RequestCanceled or ForwarderError.RequestBodyCanceled
        or ForwarderError.RequestBodyClient or ForwarderError.ResponseBodyCanceled or ForwarderError.ResponseBodyClient;
}
