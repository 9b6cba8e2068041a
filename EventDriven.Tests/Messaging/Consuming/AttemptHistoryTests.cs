using EventDriven.Messaging;
using EventDriven.Messaging.Consuming.Work;

namespace EventDriven.Tests.Messaging.Consuming;

/// <summary>What is remembered of an event from attempt to attempt.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class AttemptHistoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RetryPolicy Policy = new() { FirstDelay = TimeSpan.FromSeconds(1), LongestDelay = TimeSpan.FromSeconds(30) };

    private readonly AttemptHistory _history = new();

    [Fact]
    public void A_failed_event_is_tried_again_alone()
    {
        var result = _history.Failed(Policy, Now);

        Assert.False(result.IsFinished);
        Assert.True(result.IsAlone);
        Assert.InRange(result.RetryAfter, TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
    }

    [Fact]
    public void The_first_failure_is_the_one_that_is_dated()
    {
        _history.Failed(Policy, Now);
        _history.Failed(Policy, Now.AddMinutes(1));

        Assert.Equal((2, Now), (_history.Failures, _history.FirstFailedAt));
    }

    [Fact]
    public void Waiting_is_no_failure()
    {
        var result = _history.Waited(alone: false);

        Assert.Equal(0, _history.Failures);
        Assert.False(result.IsFinished);
        Assert.False(result.IsAlone);
    }

    [Fact]
    public void Waiting_does_not_lengthen_the_back_off()
    {
        for (var wait = 0; wait < 10; wait++)
        {
            _history.Waited(alone: false);
        }

        Assert.InRange(_history.Failed(Policy, Now).RetryAfter, TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(1.2));
    }

    [Fact]
    public void An_event_that_is_at_fault_itself_is_tried_once_more_at_once()
    {
        var result = _history.OthersHaveSucceeded();

        Assert.True(_history.OthersSucceed);
        Assert.Equal((false, TimeSpan.Zero), (result.IsFinished, result.RetryAfter));
    }
}
