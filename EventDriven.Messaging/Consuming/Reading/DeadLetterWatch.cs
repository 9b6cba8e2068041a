using Confluent.Kafka;
using EventDriven.Messaging.Consuming.Work;
using EventDriven.Messaging.Storage.DeadLetters;
using Microsoft.Extensions.Logging;

namespace EventDriven.Messaging.Consuming.Reading;

/// <summary>
/// Knows what of a session's partitions is parked: reads it on assignment, and afterwards looks from time to time for what operators have
/// changed: often at partitions of which something is parked, seldom at all. All but the query runs on the thread that reads from Kafka.
/// </summary>
/// <param name="read">Reads what is unresolved on some partitions.</param>
/// <param name="every">Time between two looks.</param>
/// <param name="time">Measures it.</param>
/// <param name="logger">The consumer's log.</param>
internal sealed partial class DeadLetterWatch(
    Func<IReadOnlyCollection<(string Topic, int Partition)>, List<UnresolvedKey>> read, TimeSpan every, TimeProvider time, ILogger logger)
{
    // An owner before this one may still have stored a dead letter when the partition was given on: it
    // is found here when it is to be redriven.
    private const int LooksBetweenAll = 15;

    private List<UnresolvedKey>? _found;
    private long _looked;
    private int _looks;

    /// <summary>Completes when no query is running.</summary>
    public Task WhenIdle { get; private set; } = Task.CompletedTask;

    /// <summary>Reads the parked keys of newly assigned partitions.</summary>
    public void Load(IReadOnlyCollection<PartitionProgress> assigned)
    {
        if (assigned.Count > 0)
        {
            var byName = assigned.ToDictionary(Name);
            foreach (var key in read([.. byName.Keys]))
            {
                var parked = byName[(key.Topic, key.Partition)].Parked;
                parked.HasKeyless |= key.Key is null;
                if (key.Key is not null)
                {
                    parked.Add(key.Key, key.Offset);
                }
            }
        }
    }

    /// <summary>What has to be looked at, in the keys' lanes: keys that are being redriven, and keys of which nothing is left.</summary>
    public IReadOnlyList<UnresolvedKey> Take(IReadOnlyDictionary<TopicPartition, PartitionProgress> assigned)
    {
        if (!WhenIdle.IsCompleted)
        {
            return [];
        }

        if (_found is not { } unresolved)
        {
            Start(assigned);
            return [];
        }

        _found = null;
        foreach (var keyless in unresolved.Where(u => u.Key is null && assigned.ContainsKey(new TopicPartition(u.Topic, u.Partition))))
        {
            assigned[new TopicPartition(keyless.Topic, keyless.Partition)].Parked.HasKeyless = true;
        }

        // Keys that it finds are not added: only a key's own lane knows whether it was unparked since the query.
        var known = unresolved.Where(u => u.Key is not null).Select(u => (u.Topic, u.Partition, u.Key!)).ToHashSet();
        var gone = assigned.Values.SelectMany(progress =>
            progress.Parked.All().Select(key => (progress.Partition.Topic, progress.Partition.Partition.Value, key)))
            .Where(key => !known.Contains(key))
            .Select(key => new UnresolvedKey(key.Topic, key.Value, key.key, Offset: 0, IsRedriving: false));
        return [.. unresolved.Where(u => u.IsRedriving), .. gone];
    }

    private void Start(IReadOnlyDictionary<TopicPartition, PartitionProgress> assigned)
    {
        if (time.GetElapsedTime(_looked) < every)
        {
            return;
        }

        _looked = time.GetTimestamp();
        var all = ++_looks % LooksBetweenAll == 0;
        var concerned = assigned.Values.Where(progress => all || progress.Parked.Any || progress.Parked.HasKeyless).ToArray();
        if (concerned.Length == 0)
        {
            return;
        }

        foreach (var progress in concerned)
        {
            // Set again by what is found, or stored meanwhile.
            progress.Parked.HasKeyless = false;
        }

        WhenIdle = Task.Run(() => Read(concerned));
    }

    private void Read(PartitionProgress[] concerned)
    {
        try
        {
            _found = read(Array.ConvertAll(concerned, Name));
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
            foreach (var progress in concerned)
            {
                progress.Parked.HasKeyless = true;
            }
        }
    }

    private static (string Topic, int Partition) Name(PartitionProgress progress) =>
        (progress.Partition.Topic, progress.Partition.Partition.Value);

    private static partial class Log
    {
        [LoggerMessage(360, LogLevel.Warning, "The dead letters can't be looked at; what operators asked for waits.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
