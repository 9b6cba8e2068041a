using System.Text.Json;
using Confluent.Kafka;
using EventDriven.ControlRoom.Events;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.ControlRoom.Journeys.Reading;

/// <summary>Finds orders by what their newest events say: no index of them is kept anywhere but on the log.</summary>
internal sealed class JourneySearch(LogBrowser log, EventTopics topics)
{
    /// <summary>Most events that a search looks at.</summary>
    public const int MaxRead = 100_000;

    private const int MaxFound = 500;
    private const int LatestRead = 400;
    private const int LatestShown = 12;
    private const string CustomerId = "customerId";

    /// <summary>The orders with a correlation id or of a customer.</summary>
    public Task<FoundJourneys> FindAsync(string text, CancellationToken cancellationToken) =>
        FindAsync(logged => IsOf(logged, text), MaxFound, MaxRead, MaxFound, cancellationToken);

    /// <summary>The orders to which something has happened last.</summary>
    public Task<FoundJourneys> LatestAsync(CancellationToken cancellationToken) =>
        FindAsync(_ => true, LatestRead, LatestRead, LatestShown, cancellationToken);

    /// <summary>Whether an event has this correlation id, or is of this customer.</summary>
    internal static bool IsOf(LoggedEvent logged, string text) =>
        string.Equals(logged.CorrelationId, text, StringComparison.OrdinalIgnoreCase)
        || (logged.Data?.Contains(text, StringComparison.OrdinalIgnoreCase) == true && IsOfCustomer(logged.Data, text));

    private static bool IsOfCustomer(string data, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(data);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(CustomerId, out var customer)
                && customer.ValueKind == JsonValueKind.String
                && string.Equals(customer.GetString(), text, StringComparison.OrdinalIgnoreCase);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private async Task<FoundJourneys> FindAsync(
        Func<LoggedEvent, bool> matches, int atMost, int maxRead, int shown, CancellationToken cancellationToken)
    {
        try
        {
            var where = await topics.OfFactsAsync(cancellationToken);
            var found = await log.FindLatestAsync(where, matches, atMost, maxRead, cancellationToken);
            return new FoundJourneys(
                [
                    .. found.Events.Where(logged => logged.Record.Key is not null)
                        .GroupBy(logged => logged.Record.Key!, StringComparer.Ordinal)
                        .Select(key => new FoundJourney(
                            key.Key,
                            [.. key.Select(logged => EventText.FactOf(logged.Record.Type))],
                            key.First().HappenedAt,
                            key.First().CorrelationId))
                        .Take(shown),
                ],
                found.Read,
                found.Since,
                found.IsWhole);
        }
        catch (KafkaException exception)
        {
            return new FoundJourneys([], 0, Since: null, IsWhole: false, $"Kafka does not answer: {exception.Error.Reason}");
        }
    }
}
