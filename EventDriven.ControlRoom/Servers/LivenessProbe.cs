using EventDriven.Messaging.Operations.Services;

namespace EventDriven.ControlRoom.Servers;

/// <summary>
/// Asks instances whether they are there at all (<c>/alive</c>), which costs them nothing and asks no server: it tells of a process that
/// has ended before any broker misses it.
/// </summary>
internal sealed class LivenessProbe : IDisposable
{
    // So long, an instance with much to do may take.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http = new() { Timeout = Timeout };

    /// <summary>Why an instance does not answer; null if it does.</summary>
    public async Task<string?> WhyAwayAsync(ServiceAddress instance, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(instance.Address, "/alive"), cancellationToken);
            return null;
        }
        catch (HttpRequestException)
        {
            return $"does not answer at {instance.Address.Authority}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"does not answer at {instance.Address.Authority} within {Timeout.TotalSeconds} s";
        }
    }

    public void Dispose() => _http.Dispose();
}
