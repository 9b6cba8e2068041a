using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using EventDriven.Hosting.Services;

namespace EventDriven.Tests.KafkaEmulator;

/// <summary>The emulator as a process of its own, with the topic <see cref="Declared"/>; killed at the end.</summary>
public sealed class EmulatorProcess : IAsyncLifetime
{
    public const string Declared = "declared.v1";
    public const int DeclaredPartitions = 6;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private Process? _process;

    public int Port { get; } = FreePort();

    public int ControlPort { get; } = FreePort();

    public string BootstrapServers => $"127.0.0.1:{Port}";

    public IReadOnlyList<string> Output { get; private set; } = [];

    /// <summary>Runs it to its end, which it is to come to by itself.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(params string[] args)
    {
        using var run = Start(args);
        try
        {
            var error = run.StandardError.ReadToEndAsync();
            await run.WaitForExitAsync().WaitAsync(Bound);
            return (run.ExitCode, await error);
        }
        finally
        {
            run.Kill();
        }
    }

    /// <summary>A port that nothing listens on, below the range from which outgoing connections take theirs.</summary>
    public static int FreePort()
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(20_000, 32_000));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken: try another one.
            }
        }

        throw new InvalidOperationException("No free port on loopback.");
    }

    /// <summary>Starts one with these topics.</summary>
    public static async Task<EmulatorProcess> StartAsync(params (string Name, int Partitions)[] topics)
    {
        var emulator = new EmulatorProcess();
        await emulator.InitializeAsync(topics);
        return emulator;
    }

    public async ValueTask InitializeAsync() => await InitializeAsync([(Declared, DeclaredPartitions), ("other.v1", 1)]);

    /// <summary>Lets it answer nobody until <see cref="ResumeAsync"/>.</summary>
    public async Task PauseAsync()
    {
        await SignalAsync("-STOP");

        // Its threads go on until one of them has been given the signal, which takes a while on a busy machine.
        await Eventually.TrueAsync(() => Directory.EnumerateDirectories($"/proc/{_process!.Id}/task").All(IsStopped));
    }

    public Task ResumeAsync() => SignalAsync("-CONT");

    private async Task InitializeAsync((string Name, int Partitions)[] topics)
    {
        _process = Start(
            ["--port", $"{Port}", "--control-port", $"{ControlPort}",
                .. topics.SelectMany(topic => (string[])["--topic", $"{topic.Name}={topic.Partitions}"])]);
        _process.ErrorDataReceived += (_, line) => TestContext.Current.SendDiagnosticMessage($"Kafka emulator: {line.Data}");
        _process.BeginErrorReadLine();
        Output = [await NextLineAsync(_process), await NextLineAsync(_process)];
    }

    /// <summary>Sends SIGTERM; the exit code, when it has ended.</summary>
    public async Task<int> TerminateAsync(TimeSpan timeout)
    {
        await SignalAsync("-TERM");
        await _process!.WaitForExitAsync().WaitAsync(timeout);
        return _process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        _process?.Kill();
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }

    // The state is the first field behind the name (proc(5)).
    private static bool IsStopped(string thread)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(thread, "stat"));
            return stat[stat.LastIndexOf(')') + 2] == 'T';
        }
        catch (IOException)
        {
            // It has just ended.
            return false;
        }
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{_process!.Id}"]);
        await kill.WaitForExitAsync().WaitAsync(Bound);
    }

    private static async Task<string> NextLineAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync().WaitAsync(Bound) ?? throw new InvalidOperationException("The emulator ended.");

    private static Process Start(params string[] args) =>
        Process.Start(new ProcessStartInfo("dotnet", [BuildOutput.Program("EventDriven.KafkaEmulator"), .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
