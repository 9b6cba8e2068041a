using Confluent.Kafka;
using EventDriven.Messaging.Kafka;
using EventDriven.Tests.Services;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Messaging;

/// <summary>A broker's outage must be seen in the log, and not fill it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class KafkaLogTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly LoggedLines _lines = new();
    private readonly KafkaLog _log;

    public KafkaLogTests() => _log = new KafkaLog(_lines, _time);

    [Fact]
    public void A_client_that_repeats_itself_is_written_a_few_times_in_each_period_and_then_says_how_often_it_was_not()
    {
        Say("FAIL", times: 100);
        Say("SESSTMOUT", times: 1);
        Assert.Equal(KafkaLog.Lines + 1, Written.Count);

        _time.Advance(KafkaLog.Period + TimeSpan.FromSeconds(1));
        Say("FAIL", times: 1);
        Say("SESSTMOUT", times: 1);

        Assert.Equal(
            [$"Kafka client lines left out: {100 - KafkaLog.Lines} like "
                + "the next one (FAIL).", "Kafka client FAIL: it is away", "Kafka client SESSTMOUT: it is away"],
            Written.Skip(KafkaLog.Lines + 1));
    }

    [Fact]
    public void What_is_worse_or_critical_is_not_hidden_by_what_was_said_before()
    {
        Say("FAIL", times: 10, SyslogLevel.Info);
        Say("FAIL", times: 1);
        Say("FAIL", times: 10, SyslogLevel.Critical);

        Assert.Equal(KafkaLog.Lines + 1 + 10, Written.Count);
    }

    public void Dispose() => _lines.Dispose();

    private List<string> Written => [.. _lines.Lines.Select(line => line.Trim())];

    private void Say(string facility, int times, SyslogLevel level = SyslogLevel.Error)
    {
        for (var i = 0; i < times; i++)
        {
            _log.Write(new LogMessage("a client", level, facility, "it is away"));
        }
    }
}
