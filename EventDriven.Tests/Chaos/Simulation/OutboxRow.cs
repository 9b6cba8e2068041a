using EventDriven.Chaos.Evidence.Logs;

namespace EventDriven.Tests.Chaos.Simulation;

/// <summary>An event in an outbox.</summary>
internal sealed class OutboxRow(long sequence, string topic, string key, LoggedEvent fact)
{
    public long Sequence { get; } = sequence;

    public string Topic { get; } = topic;

    public string Key { get; } = key;

    public LoggedEvent Fact { get; set; } = fact;

    /// <summary>Whether the relay waits for the broker's answer.</summary>
    public bool IsInFlight { get; set; }

    /// <summary>Whether it was sent, possibly by a relay that has crashed since.</summary>
    public bool WasSent { get; set; }
}
