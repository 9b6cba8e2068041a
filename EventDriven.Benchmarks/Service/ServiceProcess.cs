using System.Diagnostics;
using EventDriven.LocalHost.Processes;
using EventDriven.LocalHost.Resources;
using EventDriven.LocalHost.Storage;

namespace EventDriven.Benchmarks.Service;

/// <summary>A program of the release build that serves HTTP, as a child that ends with this process.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyBound = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CommandBound = TimeSpan.FromMinutes(1);

    private readonly ManagedProcess _process;
    private readonly ResourceLog _log;

    private ServiceProcess(ManagedProcess process, ResourceLog log, Uri url)
    {
        _process = process;
        _log = log;
        Url = url;
        Process = Process.GetProcessById(process.Id);
    }

    public Uri Url { get; }

    /// <summary>What is measured.</summary>
    public Process Process { get; }

    /// <summary>Starts a project and returns when its health check has succeeded.</summary>
    public static async Task<ServiceProcess> StartAsync(
        string project, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var log = Log(project);
        var process = await ManagedProcess.StartAsync(
            Spec(project, arguments, new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = url.OriginalString }), log);
        var service = new ServiceProcess(process, log, url);
        var isReady = await Poll.UntilAsync(
            async token => process.Exited.IsCompleted || await HttpProbe.AnswersAsync(new Uri(url, "/health"), token), ReadyBound, cancellationToken);
        if (!isReady || process.Exited.IsCompleted)
        {
            await service.DisposeAsync();
            throw new InvalidOperationException($"{project} did not get ready:{Environment.NewLine}{log.Tail()}");
        }

        return service;
    }

    /// <summary>Runs a project to its end.</summary>
    public static async Task RunAsync(
        string project, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        using var log = Log(project);
        await ManagedProcess.RunAsync(Spec(project, arguments, environment), log, CommandBound, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync();
        _process.Dispose();
        Process.Dispose();
        _log.Dispose();
    }

    private static ProcessSpec Spec(string project, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var program = new BuildOutput(configuration: null).Program(project);
        return new("dotnet", [program, .. arguments])
        {
            Environment = environment,

            // A service watches its folder for changed settings. In another one, it would be told of every write to the servers' logs.
            WorkingDirectory = Path.GetDirectoryName(program),
            ParentDeathSignal = ProcessSignal.Kill,
        };
    }

    private static ResourceLog Log(string project)
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "bench");
        Directory.CreateDirectory(folder);
        return new ResourceLog(project, Path.Combine(folder, $"{project}.log"), new PrefixedOutput(writer: null));
    }
}
