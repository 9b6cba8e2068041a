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

    /// <summary>Gives every key a thread to wait on, besides those that the rest needs.</summary>
    public static void PrepareThreads() => ThreadPool.SetMinThreads(2 * Keys, 2 * Keys);

    /// <summary>
    /// Waits for 0 to 5 ms, the same for both contestants' event at an offset. It holds its thread, as the handlers of the published
    /// figures do: the runtime's timers go by a clock of some milliseconds, and half of the time would be theirs.
    /// </summary>
    public static void Work(long offset, CancellationToken cancellationToken) =>
        cancellationToken.WaitHandle.WaitOne((int)((ulong)offset * 2_654_435_761 % (MostMilliseconds + 1)));
}
