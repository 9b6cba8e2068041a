namespace EventDriven.Benchmarks.Harness.Contestants;

/// <summary>
/// Does one benchmark's work, in a process of its own, so that its processor time and memory are its own. It is run several times, warm
/// from the second on.
/// </summary>
internal interface IContestant : IAsyncDisposable
{
    /// <summary>Prepares what the work needs, does the work, and measures only the latter.</summary>
    /// <param name="events">How much work.</param>
    /// <param name="cancellationToken">The time that a run may take is over.</param>
    Task<Measurement> RunAsync(int events, CancellationToken cancellationToken);
}
