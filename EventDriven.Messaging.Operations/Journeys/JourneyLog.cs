using Confluent.Kafka;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.Messaging.Operations.Journeys;

/// <summary>
/// The events of an order as the log has them. Each call reads what the former ones have not found, so it can be called again and again
/// while the order is under way. Not for concurrent use.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="orderId">The order.</param>
/// <param name="time">The clock.</param>
public sealed class JourneyLog(LogBrowser log, Guid orderId, TimeProvider time)
{
    private const int MaxRead = 50_000;

    // An id of version 7 (RFC 9562) has the time at which it was made.
    private const int TimedVersion = 7;

    // Clocks differ, and what is sent late is sent within this time after it happened.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UsualLife = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, LoggedEvent> _events = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missed = new(StringComparer.Ordinal);
    private DateTimeOffset? _readUntil;

    /// <summary>When the order's id was made, UTC; null if the id does not say.</summary>
    public DateTimeOffset? IdMadeAt { get; } = TimeIn(orderId);

    /// <summary>The events that were found so far, in the order in which they happened.</summary>
    public IReadOnlyList<LoggedEvent> Events => [.. _events.Values.OrderBy(found => found.HappenedAt).ThenBy(found => found.Record.Time)];

    /// <summary>Reads on.</summary>
    /// <param name="topics">Where the order's events are.</param>
    /// <param name="facts">The facts that Analytics knows; they tell where to look for what came later.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    public async Task ReadAsync(IReadOnlyCollection<string> topics, IReadOnlyList<JourneyFact> facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var now = time.GetUtcNow();
        if (BeginOf(facts) is { } begin && (_readUntil ?? begin) is var from && from < begin + UsualLife)
        {
            Add(await log.FindKeyAsync(topics, orderId.ToString(), from - Skew, begin + UsualLife, MaxRead, cancellationToken));
            _readUntil = now;
        }

        foreach (var fact in facts.Where(fact => !_events.ContainsKey(fact.EventId) && !_missed.Contains(fact.EventId)))
        {
            var handled = fact.Groups.Count > 0 ? fact.Groups.Min(step => step.At) : fact.HappenedAt;
            Add(await log.FindKeyAsync(
                [fact.Topic], orderId.ToString(), fact.HappenedAt - Skew, handled + Skew, MaxRead, cancellationToken));
            if (!_events.ContainsKey(fact.EventId))
            {
                // Retention has deleted it, or it lies deeper than is read for a page.
                _missed.Add(fact.EventId);
            }
        }
    }

    private static DateTimeOffset? TimeIn(Guid id) => id.Version == TimedVersion
        ? DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(id.ToString("N")[..12], 16))
        : null;

    private DateTimeOffset? BeginOf(IReadOnlyList<JourneyFact> facts) =>
        facts.Select(fact => (DateTimeOffset?)fact.HappenedAt).Append(IdMadeAt).Min();

    private void Add(IReadOnlyList<LoggedEvent> found)
    {
        foreach (var logged in found)
        {
            // A copy of an event changes nothing: the first one counts.
            _events.TryAdd(logged.Record.EventId ?? logged.Record.ToString(), logged);
        }
    }
}
