using System.Diagnostics.CodeAnalysis;
using Confluent.Kafka;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>
/// Looks into the log for a person: what is newest, what mentions something, what is about a key. It joins no group and stores no offset,
/// so no group notices it. Each search reads a bounded number of records in bounded time. For concurrent use.
/// </summary>
/// <param name="connectionString">
/// Addresses of brokers, such as <c>localhost:9092</c>, or settings of the client as <c>name=value;name=value</c>, security included.
/// </param>
/// <param name="time">Measures how long nothing is read.</param>
/// <exception cref="InvalidOperationException">The connection string can't be used. The message shows no secret.</exception>
[SuppressMessage(
    "Reliability",
    "CA2213:Disposable fields should be disposed",
    Justification = "The semaphores have no handle, and a request that is late may release them later.")]
public sealed class LogBrowser(string connectionString, TimeProvider time) : IDisposable
{
    private const int PortionSize = 1_000;
    private const int ConcurrentReaders = 4;
    private const string Internal = "__";

    private static readonly TimeSpan ReadTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(4);

    private readonly KafkaCluster _kafka = new(connectionString);
    private readonly SemaphoreSlim _client = new(1, 1);
    private readonly SemaphoreSlim _readers = new(ConcurrentReaders, ConcurrentReaders);

    /// <summary>The topics that the broker has, by name, without its own.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public Task<IReadOnlyList<string>> ListTopicsAsync(CancellationToken cancellationToken) => AskAsync<IReadOnlyList<string>>(
        client => Task.Run<IReadOnlyList<string>>(
            () =>
            [
                .. client.GetMetadata(RequestTimeout).Topics
                    .Where(topic => topic.Error.Code == ErrorCode.NoError && !topic.Topic.StartsWith(Internal, StringComparison.Ordinal))
                    .Select(topic => topic.Topic).Order(StringComparer.Ordinal),
            ],
            cancellationToken),
        cancellationToken);

    /// <summary>The newest events that match.</summary>
    /// <param name="topics">Where to look. A topic that does not exist has none.</param>
    /// <param name="matches">Whether an event matches.</param>
    /// <param name="atMost">Maximum number of events.</param>
    /// <param name="maxRead">Maximum number of records to read, the newest of each partition.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public async Task<LogFindings> FindLatestAsync(
        IReadOnlyCollection<string> topics, Func<LoggedEvent, bool> matches, int atMost, int maxRead, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(atMost);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRead);
        var bounds = await AskAsync(client => PartitionBounds.ReadAsync(client, topics, cancellationToken), cancellationToken);
        var begins = NewestShares(bounds, maxRead);
        var oldest = DateTimeOffset.MaxValue;
        var found = new List<LoggedEvent>();
        var (read, isEnd) = await ReadAsync(
            begins,
            bounds.ToDictionary(bound => bound.Key, bound => bound.Value.High),
            record =>
            {
                var logged = LoggedEvent.Of(record);
                oldest = logged.Record.Time < oldest ? logged.Record.Time : oldest;
                if (matches(logged))
                {
                    found.Add(logged);
                }
            },
            cancellationToken);
        return new LogFindings(
            [.. found.OrderByDescending(logged => logged.Record.Time).ThenByDescending(logged => logged.Record.Offset).Take(atMost)],
            read,
            read > 0 ? oldest : null,
            isEnd && found.Count <= atMost && bounds.All(bound => begins[bound.Key] == bound.Value.Low));
    }

    /// <summary>Follows a topic from its present end.</summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public async Task<LogFollower> FollowAsync(string topic, CancellationToken cancellationToken)
    {
        var bounds = await AskAsync(client => PartitionBounds.ReadAsync(client, [topic], cancellationToken), cancellationToken);
        return bounds.Count == 0
            ? throw new KafkaException(new Error(ErrorCode.UnknownTopicOrPart, $"The broker has no topic {topic}."))
            : new LogFollower(_kafka.Settings, bounds.ToDictionary(bound => bound.Key, bound => bound.Value.High));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // During a request the client stays until the process ends.
        if (_client.Wait(PartitionBounds.RequestTimeout))
        {
            _kafka.Dispose();
        }
    }

    /// <summary>
    /// The events with a key that were sent within a time. Where the broker can't find records by time, those with the key among the
    /// newest.
    /// </summary>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    internal async Task<IReadOnlyList<LoggedEvent>> FindKeyAsync(
        IReadOnlyCollection<string> topics,
        string key,
        DateTimeOffset from,
        DateTimeOffset until,
        int maxRead,
        CancellationToken cancellationToken)
    {
        var (begins, ends) = await AskAsync(
            async client =>
            {
                var bounds = await PartitionBounds.ReadAsync(client, topics, cancellationToken);
                var found = await TimeOffsets.FindAsync(client, bounds, from, cancellationToken);
                var last = until >= time.GetUtcNow()
                    ? new Dictionary<TopicPartition, long>()
                    : await TimeOffsets.FindAsync(client, bounds, until, cancellationToken);
                var newest = NewestShares(bounds, maxRead);
                return (
                    bounds.ToDictionary(bound => bound.Key, bound => found.GetValueOrDefault(bound.Key, newest[bound.Key])),
                    bounds.ToDictionary(bound => bound.Key, bound => last.GetValueOrDefault(bound.Key, bound.Value.High)));
            },
            cancellationToken);
        var share = Share(begins.Count(begin => ends[begin.Key] > begin.Value), maxRead);
        var events = new List<LoggedEvent>();
        await ReadAsync(
            begins,
            ends.ToDictionary(end => end.Key, end => Math.Min(end.Value, begins[end.Key] + share)),
            record =>
            {
                if (record.Message.Key is { } bytes && LaneKey.Of(bytes) == key)
                {
                    events.Add(LoggedEvent.Of(record));
                }
            },
            cancellationToken);
        return events;
    }

    private static long Share(int partitions, int maxRead) => Math.Max(1, maxRead / Math.Max(1, partitions));

    private static Dictionary<TopicPartition, long> NewestShares(IReadOnlyDictionary<TopicPartition, PartitionBounds> bounds, int maxRead)
    {
        var share = Share(bounds.Count(bound => bound.Value.High > bound.Value.Low), maxRead);
        return bounds.ToDictionary(bound => bound.Key, bound => Math.Max(bound.Value.Low, bound.Value.High - share));
    }

    // Requests of the client can't be cancelled, and a person does not wait for as long as they may take. One that is late goes on, and the
    // next one waits for its end.
    private async Task<T> AskAsync<T>(Func<IAdminClient, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await AskNowAsync(ask, cancellationToken).WaitAsync(RequestTimeout, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new KafkaException(
                new Error(ErrorCode.Local_TimedOut, $"The broker does not answer within {RequestTimeout.TotalSeconds} s."), exception);
        }
    }

    private async Task<T> AskNowAsync<T>(Func<IAdminClient, Task<T>> ask, CancellationToken cancellationToken)
    {
        await _client.WaitAsync(cancellationToken);
        try
        {
            return await ask(_kafka.Client);
        }
        catch (KafkaException)
        {
            // The client may have forgotten every broker.
            _kafka.Admin.Renew();
            throw;
        }
        finally
        {
            _client.Release();
        }
    }

    private async Task<(int Read, bool IsEnd)> ReadAsync(
        Dictionary<TopicPartition, long> begins,
        Dictionary<TopicPartition, long> ends,
        Action<ConsumeResult<byte[], byte[]>> take,
        CancellationToken cancellationToken)
    {
        if (ends.All(end => end.Value <= begins[end.Key]))
        {
            return (0, true);
        }

        await _readers.WaitAsync(cancellationToken);
        try
        {
            using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            bounded.CancelAfter(ReadTime);
            return await Task.Run(() => ReadNow(begins, ends, take, bounded.Token, cancellationToken), cancellationToken);
        }
        finally
        {
            _readers.Release();
        }
    }

    private (int Read, bool IsEnd) ReadNow(
        Dictionary<TopicPartition, long> begins,
        Dictionary<TopicPartition, long> ends,
        Action<ConsumeResult<byte[], byte[]>> take,
        CancellationToken bounded,
        CancellationToken cancellationToken)
    {
        using var log = new LogReader(_kafka.Settings, begins, ends, time, passesDeleted: true);
        var read = 0;
        try
        {
            while (log.Read(PortionSize, bounded) is { Count: > 0 } records)
            {
                records.ForEach(take);
                read += records.Count;
            }

            return (read, true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What was read until now is worth showing.
            return (read, false);
        }
    }
}
