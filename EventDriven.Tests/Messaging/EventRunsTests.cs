using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Events;
using EventDriven.Tests.Messaging.Host;
using FsCheck.Xunit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventDriven.Tests.Messaging;

/// <summary>Law L5 within a transaction: events of one handler go together, those of a key in their order.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EventRunsTests
{
    private static readonly EventBinding[] Bindings = [Binding(typeof(int)), Binding(typeof(long)), Binding(typeof(byte))];

    [Property(MaxTest = 200)]
    public bool Each_event_is_in_one_run_of_its_binding_behind_those_of_its_key(byte[] choices)
    {
        var events = choices.Select(choice => Event($"key-{choice % 4}", Bindings[choice / 4 % 3])).ToList();

        var runs = EventRuns.Of(events).ToList();

        var applied = runs.SelectMany(run => run).ToList();
        return applied.Count == events.Count
            && runs.TrueForAll(run => run.Count > 0 && run.All(e => ReferenceEquals(e.Binding, run[0].Binding)))
            && events.GroupBy(e => e.Envelope.Subject, StringComparer.Ordinal).All(
                key => key.SequenceEqual(applied.Where(e => e.Envelope.Subject == key.Key)));
    }

    [Fact]
    public void Events_of_different_keys_make_one_run_a_binding()
    {
        var events = Enumerable.Range(0, 9).Select(number => Event($"key-{number}", Bindings[number % 3])).ToList();

        Assert.Equal([3, 3, 3], EventRuns.Of(events).Select(run => run.Count));
    }

    private static EventAttempt Event(string key, EventBinding binding) => new(
        new SourceRecord("topic", 0, 0, key, Records.Of(new Noted(key, 1))),
        binding,
        KafkaBinding.Read(Records.Of(new Noted(key, 1))),
        new Noted(key, 1),
        new Delivery("group", "topic", 0, 0, 1),
        NullLogger.Instance);

    private static EventBinding Binding(Type handler) =>
        new(handler, TakesBatches: true, Retry: null, _ => new object(), (_, _, _) => Task.CompletedTask);
}
