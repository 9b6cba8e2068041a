using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Confluent.Kafka;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>
/// A position on the log as an operator writes it: <c>beginning</c>, <c>offset:120</c> or <c>120</c>, a time such as
/// <c>2026-11-23T10:00:00Z</c> (UTC when it names no time zone), or a time ago, such as <c>90s</c>, <c>15m</c>, <c>2h</c> or <c>7d</c>.
/// </summary>
public sealed record LogPosition
{
    /// <summary>The forms that <see cref="TryParse"/> accepts, for an error message.</summary>
    public const string Forms = "beginning, an offset (offset:120), a time (2026-11-23T10:00:00Z) or a time ago (90s, 15m, 2h, 7d)";

    private const string OffsetPrefix = "offset:";
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    private LogPosition()
    {
    }

    /// <summary>The first record that each partition still has.</summary>
    public static LogPosition Beginning { get; } = new();

    /// <summary>The offset in each partition; null when the position is no offset.</summary>
    public long? Offset { get; private init; }

    /// <summary>The time of the first record of each partition, UTC; null when the position is no time.</summary>
    public DateTimeOffset? Time { get; private init; }

    /// <summary>Whether this is the beginning.</summary>
    public bool IsBeginning => this == Beginning;

    /// <summary>The same offset in each partition.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative.</exception>
    public static LogPosition At(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return new LogPosition { Offset = offset };
    }

    /// <summary>The first record of each partition that is not older than a time.</summary>
    public static LogPosition At(DateTimeOffset time) => new() { Time = time.ToUniversalTime() };

    /// <summary>Reads a position; see <see cref="Forms"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The time from which "ago" counts.</param>
    /// <param name="position">The position.</param>
    public static bool TryParse(string? text, DateTimeOffset now, [NotNullWhen(true)] out LogPosition? position)
    {
        position = text switch
        {
            null or "" => null,
            "beginning" => Beginning,
            _ when ReadOffset(text) is { } offset => At(offset),
            _ when DateTimeOffset.TryParseExact(
                text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => At(time),
            _ when ReadAgo(text) is { } ago && ago <= now - DateTimeOffset.UnixEpoch => At(now - ago),
            _ => null,
        };
        return position is not null;
    }

    /// <summary>
    /// The offset of the first record to read in each partition, when reading begins at this position. At least the first record
    /// that the partition still has; the partition's end when all records are before this position. When the broker can't find
    /// records by time, the partition's beginning.
    /// </summary>
    /// <exception cref="KafkaException">The broker can't be reached, or a partition doesn't exist.</exception>
    internal Task<IReadOnlyDictionary<TopicPartition, long>> BeginAsync(
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken) =>
        ResolveAsync(admin, partitions, bounds => bounds.Low, cancellationToken);

    /// <summary>
    /// The offset to stop before in each partition, when reading ends at this position. As in <see cref="BeginAsync"/>; but when the broker
    /// can't find records by time, the partition's end.
    /// </summary>
    /// <exception cref="KafkaException">The broker can't be reached, or a partition doesn't exist.</exception>
    internal Task<IReadOnlyDictionary<TopicPartition, long>> EndAsync(
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken) =>
        ResolveAsync(admin, partitions, bounds => bounds.High, cancellationToken);

    /// <inheritdoc/>
    public override string ToString() =>
        Offset is { } offset
            ? OffsetPrefix + offset.ToString(CultureInfo.InvariantCulture)
            : Time?.ToString("O", CultureInfo.InvariantCulture) ?? "beginning";

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
            'h' when count < TimeSpan.MaxValue.TotalHours => TimeSpan.FromHours(count),
            'd' when count < TimeSpan.MaxValue.TotalDays => TimeSpan.FromDays(count),
            _ => null,
        };
    }

    private async Task<IReadOnlyDictionary<TopicPartition, long>> ResolveAsync(
        IAdminClient admin,
        IReadOnlyCollection<TopicPartition> partitions,
        Func<PartitionBounds, long> unknown,
        CancellationToken cancellationToken)
    {
        var bounds = await PartitionBounds.ReadAsync(admin, partitions, cancellationToken);
        var found = Time is { } time ? await TimeOffsets.FindAsync(admin, bounds, time, cancellationToken) : null;
        return bounds.ToDictionary(
            bound => bound.Key,
            bound => found is null
                ? Math.Clamp(Offset ?? bound.Value.Low, bound.Value.Low, bound.Value.High)
                : found.GetValueOrDefault(bound.Key, unknown(bound.Value)));
    }
}
