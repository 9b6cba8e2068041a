using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using EventDriven.Identity;

namespace EventDriven.Benchmarks.Harness;

/// <summary>The whole application, started as its users start it, with servers of its own as processes.</summary>
internal sealed class RunningApplication : IAsyncDisposable
{
    private const string AddressPrefix = "services__";
    private const string AddressSuffix = "__http__0";

    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(3);

    private readonly ChildProcess _appHost;
    private Dictionary<string, string> _state = [];

    private RunningApplication(ChildProcess appHost) => _appHost = appHost;

    /// <summary>From the start of the AppHost's process until all services were healthy.</summary>
    public double StartSeconds { get; private set; }

    public IEnumerable<string> Services =>
        _state.Keys.Where(key => key.StartsWith(AddressPrefix, StringComparison.Ordinal))
            .Select(key => key[AddressPrefix.Length..^AddressSuffix.Length]);

    /// <summary>Starts the application and returns when every service is healthy.</summary>
    /// <param name="folder">Where it keeps its data.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="hasReceipts">Whether services send receipts, from which journeys are made.</param>
    /// <param name="environment">Environment variables of the AppHost, which its services inherit.</param>
    public static async Task<RunningApplication> StartAsync(
        string folder, CancellationToken cancellationToken, bool hasReceipts = false,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var started = Stopwatch.GetTimestamp();
        var appHost = await ChildProcess.StartAsync(
            "EventDriven.AppHost", ["--servers", "processes", "--data", folder, "--no-dashboard", $"Receipts={hasReceipts}"], environment);
        var application = new RunningApplication(appHost);
        try
        {
            await appHost.InTimeAsync(
                "did not get healthy", StartBound, token => application.HealthyAsync(folder, token), cancellationToken);
            application.StartSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return application;
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    public string ConnectionString(string name) => _state[name];

    public Uri Url(string service) => new(_state[$"{AddressPrefix}{service}{AddressSuffix}"]);

    /// <summary>A token that allows everything.</summary>
    public string NewToken() => new DevelopmentIssuer(_state[DevelopmentIssuer.KeyVariable], TimeProvider.System)
        .Issue(new TokenRequest("benchmark") { Scopes = Scopes.All });

    /// <summary>A client with such a token.</summary>
    public HttpClient NewClient() =>
        new() { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", NewToken()) } };

    public ValueTask DisposeAsync() => _appHost.DisposeAsync();

    private async Task HealthyAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "state.json");
        await _appHost.UntilAsync(() => Task.FromResult(File.Exists(file)), cancellationToken);
        _state = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(file, cancellationToken))!;
        await Task.WhenAll(Services.Select(service => _appHost.HealthyAsync(Url(service), cancellationToken)));
    }
}
