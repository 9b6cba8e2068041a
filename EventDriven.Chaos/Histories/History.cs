namespace EventDriven.Chaos.Histories;

/// <summary>What was asked of a system during a run, and which faults it had.</summary>
internal sealed record History
{
    /// <param name="seed">The schedule's seed.</param>
    /// <param name="began">When the run began: before its first request.</param>
    /// <param name="faultsEnded">When the last fault was over.</param>
    /// <param name="operations">Every request, in the order of <see cref="Operation.Number"/>.</param>
    /// <param name="faults">Every fault, in the order in which they were planned.</param>
    /// <exception cref="ArgumentException">A request was begun before the run.</exception>
    public History(
        int seed, DateTimeOffset began, DateTimeOffset faultsEnded, IReadOnlyList<Operation> operations, IReadOnlyList<FaultReport> faults)
    {
        // Rules take what happened before the run as given: a request of that time would be neither asked for nor given.
        if (operations.FirstOrDefault(operation => operation.Begun < began) is { } early)
        {
            throw new ArgumentException($"The run began at {began:O}, after {early}", nameof(began));
        }

        (Seed, Began, FaultsEnded, Operations, Faults) = (seed, began, faultsEnded, operations, faults);
    }

    /// <summary>The schedule's seed.</summary>
    public int Seed { get; }

    /// <summary>When the run began: before its first request.</summary>
    public DateTimeOffset Began { get; }

    /// <summary>When the last fault was over.</summary>
    public DateTimeOffset FaultsEnded { get; }

    /// <summary>Every request, in the order of <see cref="Operation.Number"/>.</summary>
    public IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>Every fault, in the order in which they were planned.</summary>
    public IReadOnlyList<FaultReport> Faults { get; init; }

    /// <summary>What instances reported of the lag of their groups.</summary>
    public IReadOnlyList<LagReading> Lags { get; init; } = [];

    /// <summary>Each mail that was handed over, in its order; empty where nobody watched.</summary>
    public IReadOnlyList<MailHandOver> Mails { get; init; } = [];
}
