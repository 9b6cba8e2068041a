using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Storage;

namespace EventDriven.LocalHost.Resources;

/// <summary>The Aspire dashboard: traces, metrics and logs of every service, on loopback, behind a browser token and an API key as under Aspire.</summary>
internal sealed class Dashboard(
    string name, ResourceLog log, DataDirectory data, (string Program, string[] Arguments) command, string browserToken, string apiKey)
    : ProcessResource(name, log, data)
{
    private readonly int port = FreePort.Next();
    private readonly int otlpPort = FreePort.Next();

    public override Uri Url => new($"http://127.0.0.1:{port}/login?t={browserToken}");

    public override string Note => $"{Name}: {Url}";

    /// <summary>What a service needs to send its telemetry here: the variables that Aspire sets, delays for a person who watches included.</summary>
    public IReadOnlyDictionary<string, string> ExporterEnvironment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{otlpPort}",
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
        ["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={apiKey}",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        ["OTEL_TRACES_SAMPLER"] = "always_on",
        ["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based",
    };

    /// <summary>The application is complete without it: when it doesn't start, it says why and stays away.</summary>
    internal override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await base.StartAsync(cancellationToken);
        }
        catch (LocalApplicationException exception)
        {
            Log.Write(exception.Message);
        }
    }

    protected override ProcessSpec Spec() => new(command.Program, command.Arguments)
    {
        Environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            // The second is what dashboards before Aspire 13 read.
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://127.0.0.1:{otlpPort}",
            ["DOTNET_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://127.0.0.1:{otlpPort}",
            ["DASHBOARD__FRONTEND__AUTHMODE"] = "BrowserToken",
            ["DASHBOARD__FRONTEND__BROWSERTOKEN"] = browserToken,
            ["DASHBOARD__OTLP__AUTHMODE"] = "ApiKey",
            ["DASHBOARD__OTLP__PRIMARYAPIKEY"] = apiKey,
            ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true",
        },
        ParentDeathSignal = ProcessSignal.Kill,
    };

    protected override Task<bool> IsReadyAsync(CancellationToken cancellationToken) => HttpProbe.AnswersAsync(Url, cancellationToken);
}
