using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using EventDriven.Benchmarks.Harness;

namespace EventDriven.Benchmarks.Service;

/// <summary>A program of the release build that serves HTTP, as a child that ends with this process.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    private readonly ChildProcess _child;

    private ServiceProcess(ChildProcess child, Uri url)
    {
        _child = child;
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>What is measured.</summary>
    public Process Process => _child.Process;

    /// <summary>Starts a project and returns when its health check has succeeded.</summary>
    public static async Task<ServiceProcess> StartAsync(
        string project, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var child = await ChildProcess.StartAsync(
            project, arguments,
            new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = url.OriginalString });
        var service = new ServiceProcess(child, url);
        try
        {
            await child.InTimeAsync("did not get healthy", Bound, token => child.HealthyAsync(url, token), cancellationToken);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a project to its end.</summary>
    public static async Task RunAsync(
        string project, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken)
    {
        await using var child = await ChildProcess.StartAsync(project, arguments, environment);
        await child.InTimeAsync("did not end", Bound, child.Process.WaitForExitAsync, cancellationToken);
        if (child.Process.ExitCode != 0)
        {
            throw child.Failure($"ended with exit code {child.Process.ExitCode}");
        }
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
