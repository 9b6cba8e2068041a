using System.Globalization;
using EventDriven.Chaos.Running;

namespace EventDriven.Chaos.Scenarios;

/// <summary>An instance of a service beside those that the application has started itself, with the same settings.</summary>
internal sealed class AddedInstance : IAsyncDisposable
{
    private const string Urls = "ASPNETCORE_URLS";
    private const string Telemetry = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string DrainDelay = "Http__Drain__Delay";

    /// <summary>How long it still serves when it is stopped: some looks of a load balancer (<see cref="LoadBalancer"/>).</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ServiceProcess _process;

    private AddedInstance(string name, Uri address, ServiceProcess process) => (Name, Address, _process) = (name, address, process);

    /// <summary>Its name in logs and load balancers.</summary>
    public string Name { get; }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>Whether it did not end in time, and was killed.</summary>
    public bool WasKilled => _process.WasKilled;

    /// <summary>Starts an instance, and returns when it is ready.</summary>
    /// <param name="application">The application.</param>
    /// <param name="service">The service.</param>
    /// <param name="name">The instance's name.</param>
    /// <param name="program">Its program.</param>
    /// <param name="settings">Environment variables that differ from those of the application's own instance.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It ended before it was ready.</exception>
    public static async Task<AddedInstance> StartAsync(
        ScaledApplication application, string service, string name, string program,
        IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Find()}"));
        var environment = new Dictionary<string, string>(application.Environments[service], StringComparer.Ordinal)
        {
            [Urls] = address.OriginalString,
            [Telemetry] = "",
            [DrainDelay] = Drain.ToString("c", CultureInfo.InvariantCulture),
        };
        foreach (var (variable, value) in settings)
        {
            environment[variable] = value;
        }

        var log = Path.Combine(application.LogFolder, $"{name}.log");
        var instance = new AddedInstance(name, address, ServiceProcess.Start(program, environment, log, StopBound));
        try
        {
            await instance.ReadyAsync(cancellationToken);
            return instance;
        }
        catch
        {
            await instance.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks it to end, and returns when it has.</summary>
    public Task StopAsync() => _process.StopAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(StartBound);
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        while (!await IsReadyAsync(http, bound.Token))
        {
            if (_process.HasEnded)
            {
                throw new InvalidOperationException($"{Name} ended before it was ready; its log says why.");
            }

            await Task.Delay(Interval, TimeProvider.System, bound.Token);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
