using EventDriven.Messaging;

namespace EventDriven.Tests.Messaging;

/// <summary>A context without a consumer, as a unit test of a handler makes it.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class EventContextTests
{
    [Fact]
    public void It_has_the_name_of_its_record_and_the_data()
    {
        var context = new EventContext<PotBroken>(new PotBroken("a"));

        Assert.Equal("a", context.Data.Pot);
        Assert.Equal("test.pots.pot-broken.v1", context.Envelope.Type);
        Assert.Equal(1, context.Delivery.Attempt);
    }

    [Fact]
    public void It_has_the_envelope_and_the_delivery_that_the_test_gives()
    {
        var envelope = new EventContext<PotBroken>(new PotBroken("a")).Envelope with { Subject = "pot-a" };
        var delivery = new Delivery("potters", "pots.v1", 2, 7, 3);

        var context = new EventContext<PotBroken>(new PotBroken("a"), envelope, delivery);

        Assert.Same(envelope, context.Envelope);
        Assert.Same(delivery, context.Delivery);
    }

    [Fact]
    public void What_is_announced_within_it_carries_its_correlation_id_and_what_comes_after_does_not()
    {
        CorrelationContext.Current = null;
        var context = new EventContext<PotBroken>(new PotBroken("a"));

        using (context.Enter())
        {
            Assert.Equal(new CorrelationContext(context.Envelope.CorrelationId, context.Envelope.Id), CorrelationContext.Current);
        }

        Assert.Null(CorrelationContext.Current);
    }

    [Fact]
    public void An_action_for_after_the_commit_runs_at_once()
    {
        var runs = 0;
        var context = new EventContext<PotBroken>(new PotBroken("a"));

        context.OnCommitted(() => runs++);

        Assert.Equal(1, runs);
    }

    [Fact]
    public void An_action_for_after_the_commit_is_the_tests_where_it_says_so()
    {
        var (runs, waiting) = (0, new List<Action>());
        var context = new EventContext<PotBroken>(new PotBroken("a"), onCommitted: waiting.Add);

        context.OnCommitted(() => runs++);

        Assert.Equal(0, runs);
        Assert.Single(waiting)();
        Assert.Equal(1, runs);
    }

    [Event("test.pots.pot-broken.v1")]
    private sealed record PotBroken(string Pot);
}
