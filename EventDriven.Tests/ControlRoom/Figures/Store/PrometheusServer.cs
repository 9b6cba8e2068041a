using System.Diagnostics;
using System.Globalization;
using EventDriven.Tests.KafkaEmulator;

namespace EventDriven.Tests.ControlRoom.Figures.Store;

/// <summary>A real Prometheus on a loopback port, with the samples that it is given and a folder of its own.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/prometheus";
    private const string Tool = "/usr/bin/promtool";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("eventdriven-prometheus-");
    private readonly int _port = EmulatorProcess.FreePort();
    private Process? _server;

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/"));

    /// <summary>Starts it with samples in the OpenMetrics text format, and returns when it is ready.</summary>
    public static async Task<PrometheusServer> StartAsync(string samples)
    {
        Assert.True(File.Exists(Program) && File.Exists(Tool), $"{Program} is missing: eng/install.sh prometheus installs it.");
        var prometheus = new PrometheusServer();
        var (input, data) = (prometheus.PathOf("samples.txt"), prometheus.PathOf("data"));
        await File.WriteAllTextAsync(input, samples, TestContext.Current.CancellationToken);
        using (var tool = Start(Tool, "tsdb", "create-blocks-from", "openmetrics", "--quiet", input, data))
        {
            await tool.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Bound, TestContext.Current.CancellationToken);
            Assert.Equal(0, tool.ExitCode);
        }

        await File.WriteAllTextAsync(prometheus.PathOf("prometheus.yml"), "{}", TestContext.Current.CancellationToken);
        prometheus._server = Start(
            Program, $"--config.file={prometheus.PathOf("prometheus.yml")}", $"--storage.tsdb.path={data}",
            $"--web.listen-address={prometheus.Url.Authority}", "--log.level=error");
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await Eventually.TrueAsync(() => prometheus.IsReadyAsync(http), Bound);
        return prometheus;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill();
            await _server.WaitForExitAsync(CancellationToken.None).WaitAsync(Bound);
            _server.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Url, "-/ready"), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Process Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
