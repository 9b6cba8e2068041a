using EventDriven.Chaos.Evidence.Logs;

namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>The topics of a simulated broker.</summary>
internal sealed class SimulatedLog(World world)
{
    private const int Partitions = 3;

    private readonly Dictionary<(string Topic, int Partition), List<LoggedRecord>> _partitions = [];
    private readonly DateTimeOffset _grows = World.Begin + TimeSpan.FromSeconds(15);

    /// <summary>All records, by topic, partition and offset.</summary>
    public IReadOnlyList<LoggedRecord> Records =>
        [.. _partitions.OrderBy(p => p.Key.Topic, StringComparer.Ordinal).ThenBy(p => p.Key.Partition).SelectMany(p => p.Value)];

    /// <summary>The partitions of some topics.</summary>
    public static IEnumerable<(string Topic, int Partition)> PartitionsOf(IEnumerable<string> topics) =>
        topics.SelectMany(topic => Enumerable.Range(0, Partitions + 1), (topic, partition) => (topic, partition));

    /// <summary>The records of a partition.</summary>
    public IReadOnlyList<LoggedRecord> Read((string Topic, int Partition) partition) => Of(partition);

    /// <summary>Appends a record; null for one that can't be read.</summary>
    public void Append(string topic, string key, LoggedEvent? fact)
    {
        var count = world.Has(Defect.KeyMovesPartition) && world.Now > _grows ? Partitions + 1 : Partitions;
        var partition = key.Sum(letter => letter) % count;
        var records = Of((topic, partition));
        records.Add(new LoggedRecord(topic, partition, records.Count, world.Now, key, fact));
    }

    /// <summary>The broker crashes; the last record of a partition may be gone, where that is the defect.</summary>
    public void Crash()
    {
        if (world.Has(Defect.BrokerLosesRecord) && _partitions.Values.Where(p => p.Count > 0).ToList() is { Count: > 0 } filled)
        {
            var records = world.Pick(filled);
            records.RemoveAt(records.Count - 1);
        }
    }

    private List<LoggedRecord> Of((string Topic, int Partition) partition)
    {
        if (!_partitions.TryGetValue(partition, out var records))
        {
            _partitions.Add(partition, records = []);
        }

        return records;
    }
}
