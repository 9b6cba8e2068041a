using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventDriven.Messaging.Replay;

/// <summary>
/// A place on the log as an operator says it: <c>beginning</c>, <c>offset:120</c> or <c>120</c>, a time such as <c>2026-11-23T10:00:00Z</c> (UTC where
/// it names no offset), or how long ago, such as <c>90s</c>, <c>15m</c>, <c>2h</c> or <c>7d</c>.
/// </summary>
public sealed record LogPosition
{
    /// <summary>What <see cref="TryParse"/> takes, for an error message.</summary>
    public const string Forms = "beginning, an offset (offset:120), a time (2026-11-23T10:00:00Z) or how long ago (90s, 15m, 2h, 7d)";

    private const string OffsetPrefix = "offset:";
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);
    private static readonly string[] TimeFormats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    private LogPosition()
    {
    }

    /// <summary>The first event that each partition still has.</summary>
    public static LogPosition Beginning { get; } = new();

    /// <summary>An offset of each partition; null when it is none.</summary>
    public long? Offset { get; private init; }

    /// <summary>The first event of each partition whose record is not older; null when it is no time.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>Whether it is the beginning.</summary>
    public bool IsBeginning => this == Beginning;

    /// <summary>An offset of each partition.</summary>
    public static LogPosition At(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return new LogPosition { Offset = offset };
    }

    /// <summary>A time.</summary>
    public static LogPosition At(DateTimeOffset time) => new() { Time = time.ToUniversalTime() };

    /// <summary>Reads what an operator wrote; see <see cref="Forms"/>.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="now">What "ago" counts from.</param>
    /// <param name="position">The place.</param>
    public static bool TryParse(string? text, DateTimeOffset now, [NotNullWhen(true)] out LogPosition? position)
    {
        position = text switch
        {
            null or "" => null,
            "beginning" => Beginning,
            _ when ReadOffset(text) is { } offset => At(offset),
            _ when DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => At(time),
            _ when ReadAgo(text) is { } ago && ago <= now - DateTimeOffset.UnixEpoch => At(now - ago),
            _ => null,
        };
        return position is not null;
    }

    /// <summary>
    /// The offset in each partition: not before the first event that the partition still has, and the offset of the next event to come where all
    /// events stand before this place. The cluster built into librdkafka doesn't look events up by time, and gives the latter.
    /// </summary>
    /// <exception cref="KafkaException">The broker can't be reached, or a partition doesn't exist.</exception>
    public async Task<IReadOnlyDictionary<TopicPartition, long>> ResolveAsync(
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(admin);
        ArgumentNullException.ThrowIfNull(partitions);
        if (partitions.Count == 0)
        {
            return new Dictionary<TopicPartition, long>();
        }

        var low = await ListAsync(admin, partitions, OffsetSpec.Earliest(), cancellationToken);
        if (IsBeginning)
        {
            return low;
        }

        var high = await ListAsync(admin, partitions, OffsetSpec.Latest(), cancellationToken);
        var found = Time is { } time
            ? await ListAsync(admin, partitions, OffsetSpec.ForTimestamp(time.ToUnixTimeMilliseconds()), cancellationToken)
            : partitions.ToDictionary(partition => partition, _ => Offset!.Value);

        // A partition that has nothing from a time on gives no offset.
        return partitions.ToDictionary(p => p, p => found[p] < 0 ? high[p] : Math.Clamp(found[p], low[p], high[p]));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Offset is { } offset ? OffsetPrefix + offset.ToString(CultureInfo.InvariantCulture) : Time?.ToString("O", CultureInfo.InvariantCulture) ?? "beginning";

    private static long? ReadOffset(string text) =>
        long.TryParse(
            text.StartsWith(OffsetPrefix, StringComparison.Ordinal) ? text.AsSpan(OffsetPrefix.Length) : text,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var offset) ? offset : null;

    private static TimeSpan? ReadAgo(string text)
    {
        if (!int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' when count < TimeSpan.MaxValue.TotalDays => TimeSpan.FromDays(count),
            _ => null,
        };
    }

    private static async Task<Dictionary<TopicPartition, long>> ListAsync(
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, OffsetSpec spec, CancellationToken cancellationToken)
    {
        var listed = await admin.ListOffsetsAsync(
            partitions.Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = spec }),
            new ListOffsetsOptions { RequestTimeout = RequestTimeout }).WaitAsync(cancellationToken);
        return listed.ResultInfos.ToDictionary(
            info => info.TopicPartitionOffsetError.TopicPartition, info => info.TopicPartitionOffsetError.Offset.Value);
    }
}
