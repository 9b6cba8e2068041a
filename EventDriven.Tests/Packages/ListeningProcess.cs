using System.Diagnostics;

namespace EventDriven.Tests.Packages;

/// <summary>A program that says where it listens.</summary>
internal sealed class ListeningProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly Task _drained;
    private readonly TaskCompletionSource<Uri> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _lines = [];

    public ListeningProcess(string folder, string[] arguments, Dictionary<string, string> environment)
    {
        _process = Command.Start(folder, arguments, environment);
        _drained = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    /// <summary>What it has written.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Where it listens, as soon as it does.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public async Task<Uri> UrlAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_url.Task, _drained).WaitAsync(cancellationToken);
        return _url.Task.IsCompleted ? await _url.Task : throw new InvalidOperationException($"The program ended:\n{Output}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _drained;
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }

            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                _url.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
            }
        }
    }
}
