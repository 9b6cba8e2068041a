#if !ASPIRE
using System.Collections.Concurrent;
using EventDriven.LocalHost;

namespace EventDriven.Tests.Application.Harness;

/// <summary>The application as plain processes.</summary>
internal sealed class LocalSystem(LocalApplication application) : ISystem
{
    private readonly ConcurrentDictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    public string? NoBrokerRestart =>
        application.KafkaIsBuiltIn ? "It restarts the broker, which the built-in cluster doesn't stand in for: set KAFKA_HOME." : null;

    public string? StateFile => Path.Combine(application.DataDirectory, "state.json");

    public static async Task<ISystem> StartAsync(
        int replicas, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellationToken)
    {
        var options = new LocalApplicationOptions
        {
            Ephemeral = true,
            Replicas = replicas,
            Environment = SystemUnderTest.Services.ToDictionary(service => service, _ => environment ?? new Dictionary<string, string>()),
        };
        return new LocalSystem(await LocalApplication.StartAsync(options, cancellationToken));
    }

    public HttpClient Http(string instance) =>
        _clients.GetOrAdd(instance, name => new HttpClient { BaseAddress = application.Url(name), Timeout = SystemClient.RequestTimeout });

    public Task<string> ConnectionStringAsync(string resource) => Task.FromResult(application.ConnectionString(resource));

    public async Task<string> OutputAsync(string resource)
    {
        await using var file = new FileStream(
            Path.Combine(application.DataDirectory, "logs", $"{resource}.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public Task StopAsync(string resource) => application.StopAsync(resource);

    public Task KillAsync(string resource) => application.KillAsync(resource);

    public Task StartAsync(string resource) => application.StartAsync(resource, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }

        await application.DisposeAsync();
    }
}
#endif
