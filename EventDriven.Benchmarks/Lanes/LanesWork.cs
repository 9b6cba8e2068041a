using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;

namespace EventDriven.Benchmarks.Lanes;

/// <summary>What both contestants of <c>lanes</c> work on.</summary>
internal static class LanesWork
{
    public const int Keys = 20;
    private const int MostMilliseconds = 5;

    public static Task<string> TopicAsync(Servers servers, int events, CancellationToken cancellationToken) =>
        SalesTopic.FilledAsync(servers, "lanes", partitions: 1, events, Keys, cancellationToken);

    /// <summary>Waits for 0 to 5 ms, the same for both contestants' event at an offset.</summary>
    public static Task WorkAsync(long offset, CancellationToken cancellationToken)
    {
        var milliseconds = (int)((ulong)offset * 2_654_435_761 % (MostMilliseconds + 1));
        return Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, cancellationToken);
    }
}
