using EventDriven.Chaos.Evidence.Logs;

namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>
/// What an instance knows of a partition while it has it. All of it is gone when the instance crashes or loses the partition.
/// </summary>
internal sealed class Session((string Topic, int Partition) partition, long next, IEnumerable<string> parked)
{
    public (string Topic, int Partition) Partition { get; } = partition;

    /// <summary>Offset of the next record to read.</summary>
    public long Next { get; set; } = next;

    /// <summary>What is read and not done, in the order of the log.</summary>
    public List<LoggedRecord> Pending { get; } = [];

    /// <summary>Failed attempts, by offset.</summary>
    public Dictionary<long, int> Failures { get; } = [];

    /// <summary>The highest offset that was done.</summary>
    public long Highest { get; set; } = next - 1;

    /// <summary>Keys with dead letters.</summary>
    public HashSet<string> Parked { get; } = [.. parked];
}
