namespace EventDriven.Benchmarks.ControlRoom;

/// <summary>A browser with an open page: reads its stream, and comes back when that ends.</summary>
internal sealed class LivePage(HttpClient http, string address)
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _told;

    public string Address => address;

    /// <summary>How often something new was told.</summary>
    public int Told => Volatile.Read(ref _told);

    /// <summary>Returns when something was told.</summary>
    /// <exception cref="InvalidOperationException">Nothing was, in time.</exception>
    public async Task FirstAsync(TimeSpan bound, CancellationToken cancellationToken)
    {
        try
        {
            await _first.Task.WaitAsync(bound, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException($"{address} has told nothing for {bound.TotalSeconds} s.", exception);
        }
    }

    /// <summary>Reads until cancelled.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await using var stream = await http.GetStreamAsync(address, cancellationToken);
                using var reader = new StreamReader(stream);
                while (await reader.ReadLineAsync(cancellationToken) is { } line)
                {
                    if (line.StartsWith("event:", StringComparison.Ordinal))
                    {
                        Interlocked.Increment(ref _told);
                        _first.TrySetResult();
                    }
                }
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            _first.TrySetException(exception);
            throw;
        }
    }
}
