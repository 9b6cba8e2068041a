using System.Diagnostics;
using EventDriven.Hosting.Services;

namespace EventDriven.Chaos.Running;

/// <summary>A process of a service, which the rig has started itself and ends itself.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly TimeSpan _stopBound;

    private ServiceProcess(ProcessStartInfo start, string logFile, TimeSpan stopBound)
    {
        _stopBound = stopBound;
        _log = new StreamWriter(new FileStream(logFile, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
        var log = TextWriter.Synchronized(_log);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Write(log, line.Data);
        _process.ErrorDataReceived += (_, line) => Write(log, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Whether it did not end in time when it was stopped, and was killed.</summary>
    public bool WasKilled { get; private set; }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Path of the program's assembly.</param>
    /// <param name="environment">Environment variables, beside those of this process.</param>
    /// <param name="logFile">Where its output goes.</param>
    /// <param name="stopBound">How long it may take to end when it is stopped. Then it is killed.</param>
    public static ServiceProcess Start(
        string program, IEnumerable<KeyValuePair<string, string>> environment, string logFile, TimeSpan stopBound)
    {
        var start = new ProcessStartInfo(BuildOutput.DotNet, [program])
        {
            WorkingDirectory = Path.GetDirectoryName(program),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ServiceProcess(start, logFile, stopBound);
    }

    /// <summary>Stops it in an orderly way, or kills it.</summary>
    public async Task StopAsync() => WasKilled |= await ProcessSignal.EndAsync(_process, _stopBound);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        await _log.DisposeAsync();
    }

    private static void Write(TextWriter log, string? line)
    {
        if (line is not null)
        {
            log.WriteLine(line);
        }
    }
}
