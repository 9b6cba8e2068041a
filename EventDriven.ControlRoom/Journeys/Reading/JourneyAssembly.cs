using EventDriven.ControlRoom.Events;
using EventDriven.Messaging.Operations.Journeys;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Outbox;
using EventDriven.Messaging.Storage.Groups;

namespace EventDriven.ControlRoom.Journeys.Reading;

/// <summary>Puts together what the receipts, the log, the outboxes and the messages tell of an order.</summary>
internal static class JourneyAssembly
{
    /// <param name="orderId">The order.</param>
    /// <param name="told">What Analytics has of it.</param>
    /// <param name="requestedAt">When its id was made, UTC.</param>
    /// <param name="logged">What the log has of it.</param>
    /// <param name="waiting">What waits in the outboxes, each with the service.</param>
    /// <param name="mails">The messages about it.</param>
    /// <param name="groups">All groups, with what they handle.</param>
    /// <param name="problems">What could not be read.</param>
    /// <param name="now">The present time, UTC.</param>
    public static OrderJourney Of(
        Guid orderId,
        IReadOnlyList<JourneyFact> told,
        DateTimeOffset? requestedAt,
        IReadOnlyList<LoggedEvent> logged,
        IReadOnlyList<(string Service, WaitingOutboxMessage Message)> waiting,
        IReadOnlyList<JourneyMail> mails,
        IReadOnlyList<RegisteredGroup> groups,
        IReadOnlyList<string> problems,
        DateTimeOffset now)
    {
        var onLog = logged.Where(found => found.Record.EventId is not null)
            .DistinctBy(found => found.Record.EventId).ToDictionary(found => found.Record.EventId!, StringComparer.Ordinal);
        var inOutbox = waiting.DistinctBy(found => found.Message.EventId)
            .ToDictionary(found => found.Message.EventId.ToString(), StringComparer.Ordinal);
        var facts = told
            .Concat(onLog.Values.Select(found => new JourneyFact(
                found.Record.EventId!, found.Record.Type!, found.Record.Topic, found.HappenedAt, [])))
            .Concat(inOutbox.Values.Select(found => new JourneyFact(
                found.Message.EventId.ToString(), found.Message.Type, found.Message.Topic, found.Message.Time, [])))
            .DistinctBy(fact => fact.EventId, StringComparer.Ordinal)
            .OrderBy(fact => fact.HappenedAt)
            .ToList();
        var named = SilentGroup.NameIn(new Journey(orderId, facts), groups, now);
        var mailsOf = mails.ToLookup(mail => mail.EventId, StringComparer.Ordinal);
        return new OrderJourney(
            orderId,
            now,
            requestedAt,
            [
                .. named.Facts.Select(fact => new JourneyEvent(
                    fact.EventId,
                    fact.Type,
                    fact.Topic,
                    EventText.ServiceOf(onLog.GetValueOrDefault(fact.EventId)?.Source)
                        ?? (inOutbox.TryGetValue(fact.EventId, out var waits) ? waits.Service : null),
                    fact.HappenedAt,
                    onLog.GetValueOrDefault(fact.EventId),
                    inOutbox.ContainsKey(fact.EventId) && !onLog.ContainsKey(fact.EventId),
                    fact.Groups,
                    fact.NotTold,
                    [.. mailsOf[fact.EventId]])),
            ],
            problems);
    }
}
