using System.Diagnostics;
using System.Text.Json;
using EventDriven.Benchmarks.Harness.Contestants;

namespace EventDriven.Benchmarks.Harness;

/// <summary>The parent's side of a contestant.</summary>
internal sealed class ContestantProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly int _events;

    private ContestantProcess(string name, Process process, int events)
    {
        Name = name;
        _process = process;
        _events = events;
    }

    public string Name { get; }

    /// <summary>Starts a contestant of a program: this one, unless another is named.</summary>
    public static ContestantProcess Start(ContestantSpec spec, Servers servers, int events)
    {
        var start = new ProcessStartInfo("dotnet", [spec.Program, "contestant", spec.Contestant])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in servers.ToEnvironment())
        {
            start.Environment[name] = value;
        }

        return new ContestantProcess(spec.Name, Process.Start(start)!, events);
    }

    /// <summary>Does the work that it was started for.</summary>
    public Task<Measurement> RunAsync(CancellationToken cancellationToken) => RunAsync(_events, cancellationToken);

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync($"{events}".AsMemory(), cancellationToken);
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(ContestantHost.Answer, StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize<Measurement>(line.AsSpan(ContestantHost.Answer.Length))!;
            }

            await Console.Out.WriteLineAsync($"  {Name}: {line}");
        }

        throw new InvalidOperationException($"The contestant '{Name}' ended before it answered; its last lines stand above.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            using var bound = new CancellationTokenSource(EndBound);
            await _process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
