using System.Text.Json;
using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Messaging;

namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>The outbox of a service, and its relay.</summary>
internal sealed class SimulatedOutbox(World world, SimulatedLog log, string service)
{
    private readonly List<OutboxRow> _rows = [];
    private long _sequence;

    /// <summary>What is committed and not acknowledged.</summary>
    public IEnumerable<WaitingEvent> Waiting =>
        _rows.Select(row => new WaitingEvent($"{service}db", row.Sequence, Guid.Parse(row.Fact.Id), row.Key, row.Fact.Type));

    /// <summary>Whether the relay has something to do.</summary>
    public bool HasWork => _rows.Exists(row => !IsStuck(row));

    /// <summary>Adds an event in the transaction of its state.</summary>
    public void Add(string topic, Guid key, object fact, Cause cause)
    {
        var made = Event(fact, cause);
        _rows.Add(new OutboxRow(++_sequence, topic, key.ToString(), made));
    }

    /// <summary>Sends an event past the outbox.</summary>
    public void Publish(string topic, Guid key, object fact, Cause cause) => log.Append(topic, key.ToString(), Event(fact, cause));

    /// <summary>The relay sends the next event, or hears that the broker has some.</summary>
    public void Relay()
    {
        var open = _rows.Where(row => !row.IsInFlight && !IsStuck(row)).ToList();
        if (open.Count == 0 || world.Chance(0.4))
        {
            _rows.RemoveAll(row => row.IsInFlight);
            return;
        }

        var row = world.Has(Defect.RelayOutOfSequence) ? world.Pick(open) : open[0];
        if (row.WasSent && world.Has(Defect.ResentWithNewId))
        {
            var id = world.NewId().ToString();
            row.Fact = row.Fact with { Id = id, Identity = World.Identity(row.Fact.Source, id) };
        }

        if (row.WasSent && world.Has(Defect.ResentAltered))
        {
            row.Fact = row.Fact with { Time = world.Now, Content = row.Fact.Content + 1 };
        }

        log.Append(row.Topic, row.Key, row.Fact);
        (row.IsInFlight, row.WasSent) = (true, true);
    }

    /// <summary>The process dies: the relay that follows does not know what was acknowledged, and sends it again.</summary>
    public void Crash()
    {
        if (world.Has(Defect.PublishAfterSave))
        {
            _rows.Clear();
        }

        _rows.ForEach(row => row.IsInFlight = false);
    }

    private bool IsStuck(OutboxRow row) => world.Has(Defect.RelayStuck) && row.Sequence % 7 == 0;

    private LoggedEvent Event(object fact, Cause cause)
    {
        world.Tick();
        var (id, source) = (world.NewId().ToString(), $"/{service}");
        var correlation = world.Has(Defect.CorrelationLost) && Guid.TryParse(cause.CausationId, out _)
            ? world.NewId().ToString()
            : cause.CorrelationId;
        return new LoggedEvent(
            World.Identity(source, id),
            id,
            source,
            EventName.Of(fact.GetType()),
            world.Now,
            correlation,
            cause.CausationId,
            string.GetHashCode(JsonSerializer.Serialize(fact), StringComparison.Ordinal),
            fact);
    }
}
