using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Confluent.Kafka;
using EventDriven.Messaging.Kafka;

namespace EventDriven.Messaging.Operations.Logs;

/// <summary>
/// A place on the log as an operator says it: <c>beginning</c>, <c>offset:120</c> or <c>120</c>, a time such as <c>2026-11-23T10:00:00Z</c> (UTC where
/// it names no offset), or how long ago, such as <c>90s</c>, <c>15m</c>, <c>2h</c> or <c>7d</c>.
/// </summary>
public sealed record LogPosition
{
    /// <summary>What <see cref="TryParse"/> takes, for an error message.</summary>
    public const string Forms = "beginning, an offset (offset:120), a time (2026-11-23T10:00:00Z) or how long ago (90s, 15m, 2h, 7d)";

    private const string OffsetPrefix = "offset:";
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
    /// The offset in each partition with which whoever begins here begins: not before the first event that the partition still has, and the offset of the
    /// next event to come where all events stand before this place. Where the broker can't find events by time, the first event that there is.
    /// </summary>
    /// <exception cref="KafkaException">The broker can't be reached, or a partition doesn't exist.</exception>
    public Task<IReadOnlyDictionary<TopicPartition, long>> BeginAsync(
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken) =>
        ResolveAsync(admin, partitions, bounds => bounds.Low, cancellationToken);

    /// <summary>
    /// The offset in each partition before which whoever ends here ends, as in <see cref="BeginAsync"/>. Where the broker can't find events by time, the
    /// end of what there is.
    /// </summary>
    /// <exception cref="KafkaException">The broker can't be reached, or a partition doesn't exist.</exception>
    public Task<IReadOnlyDictionary<TopicPartition, long>> EndAsync(
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken) =>
        ResolveAsync(admin, partitions, bounds => bounds.High, cancellationToken);

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

    private async Task<IReadOnlyDictionary<TopicPartition, long>> ResolveAsync(
        IAdminClient admin, IReadOnlyCollection<TopicPartition> partitions, Func<PartitionBounds, long> unknown, CancellationToken cancellationToken)
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
