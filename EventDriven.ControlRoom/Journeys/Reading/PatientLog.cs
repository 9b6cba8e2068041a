using EventDriven.Messaging.Operations.Journeys;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.ControlRoom.Journeys.Reading;

/// <summary>The log of an order. A reading that is late goes on, and the next one waits for its end instead of beginning another.</summary>
internal sealed class PatientLog(JourneyLog log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private Task _reading = Task.CompletedTask;

    /// <summary>The order's log.</summary>
    public JourneyLog Log => log;

    /// <summary>What was found until the last reading that has ended.</summary>
    public IReadOnlyList<LoggedEvent> Events { get; private set; } = [];

    /// <summary>Reads on.</summary>
    /// <exception cref="TimeoutException">It takes long.</exception>
    /// <exception cref="Confluent.Kafka.KafkaException">The broker can't be reached, or refuses.</exception>
    public async Task ReadAsync(
        Func<Task<IReadOnlyCollection<string>>> topics, IReadOnlyList<JourneyFact> facts, CancellationToken cancellationToken)
    {
        if (_reading.IsCompleted)
        {
            _reading = ReadNowAsync(topics, facts, cancellationToken);
        }

        await _reading.WaitAsync(Patience, cancellationToken);
    }

    private async Task ReadNowAsync(
        Func<Task<IReadOnlyCollection<string>>> topics, IReadOnlyList<JourneyFact> facts, CancellationToken cancellationToken)
    {
        await log.ReadAsync(await topics(), facts, cancellationToken);
        Events = log.Events;
    }
}
