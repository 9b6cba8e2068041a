using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Storage;

namespace EventDriven.LocalHost.Resources;

/// <summary>One instance of a service, with the environment that Aspire would give it.</summary>
internal sealed class ServiceInstance : ProjectResource
{
    public ServiceInstance(string name, string service, ResourceLog log, DataDirectory data, string program)
        : base(name, log, data, program, [])
    {
        Url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        AddEnvironment("ASPNETCORE_ENVIRONMENT", () => "Development");
        AddEnvironment("ASPNETCORE_URLS", () => Url.GetLeftPart(UriPartial.Authority));
        AddEnvironment("OTEL_SERVICE_NAME", () => service);
        AddEnvironment("OTEL_RESOURCE_ATTRIBUTES", () => $"service.instance.id={name}");
    }

    public override Uri Url { get; }

    /// <summary>Ten processes that start at once on a small machine take a while.</summary>
    protected override TimeSpan ReadyTimeout => TimeSpan.FromMinutes(3);

    protected override Task<bool> IsReadyAsync(CancellationToken cancellationToken) =>
        HttpProbe.AnswersAsync(new Uri(Url, HealthPath), cancellationToken);
}
