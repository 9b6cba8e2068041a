using System.Diagnostics;

namespace EventDriven.Chaos.Running;

/// <summary>A process of a former version, which the rig has started itself and ends itself.</summary>
internal sealed class FormerProcess : IAsyncDisposable
{
    // Longer than a service takes to drain; then it is killed.
    private static readonly TimeSpan StopBound = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly StreamWriter _log;

    public FormerProcess(ProcessStartInfo start, string logFile)
    {
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

    /// <summary>Stops it in an orderly way, or kills it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            ProcessSignal.Terminate(_process.Id);
            using var bound = new CancellationTokenSource(StopBound);
            try
            {
                await _process.WaitForExitAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

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
