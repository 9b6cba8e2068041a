using EventDriven.Messaging;
using EventDriven.Messaging.Consuming.Failing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Messaging;

/// <summary>
/// When a group pauses a topic because too many of its events fail, and when it goes on: with the
/// default of 20 failures that are more than half.
/// </summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class CircuitBreakerTests
{
    private readonly MessagingOptions _options = new();
    private readonly SetClock _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker("notes", "notes.v1", _options, _time, NullLogger.Instance);

    [Fact]
    public void A_few_failures_say_nothing()
    {
        Fail(_options.DeadLetters.MinFailures - 1);

        Assert.Null(_breaker.Pauses);
        Assert.True(_breaker.TryReserve());
    }

    [Fact]
    public void Failures_are_refused_only_when_they_are_more_than_the_share()
    {
        _breaker.Handled(25);
        Fail(25);
        Assert.Null(_breaker.Refuses);

        Fail(1);
        Assert.StartsWith("26 of 51 events failed", _breaker.Refuses, StringComparison.Ordinal);
        Assert.False(_breaker.TryReserve());
    }

    /// <summary>What fails waits, but nothing that succeeds has to wait with it.</summary>
    [Fact]
    public void A_topic_that_refuses_failures_pauses_only_while_nothing_succeeds()
    {
        Fail(_options.DeadLetters.MinFailures);
        Assert.NotNull(_breaker.Pauses);

        _breaker.Handled(1);
        Assert.Null(_breaker.Pauses);
        Assert.NotNull(_breaker.Refuses);

        _time.Advance(_breaker.Probe - TimeSpan.FromMilliseconds(1));
        Assert.False(_breaker.TryReserve());
        Assert.Null(_breaker.Pauses);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotNull(_breaker.Pauses);
    }

    [Fact]
    public void Failures_of_more_than_a_minute_ago_are_forgotten()
    {
        Fail(_options.DeadLetters.MinFailures - 1);
        _time.Advance(TimeSpan.FromSeconds(70));
        Fail(_options.DeadLetters.MinFailures - 1);

        Assert.Null(_breaker.Pauses);
    }

    /// <summary>The minute forgets what failed, because nothing is stored meanwhile; the deployment is as broken as it was.</summary>
    [Fact]
    public void It_stays_paused_as_long_as_nothing_that_is_tried_succeeds()
    {
        Fail(_options.DeadLetters.MinFailures);
        for (var probe = 0; probe < 60; probe++)
        {
            _time.Advance(_breaker.Probe);
            Assert.False(_breaker.TryReserve());
            Assert.StartsWith("20 of 20 events failed", _breaker.Pauses, StringComparison.Ordinal);
        }

        _breaker.Handled(1);

        Assert.Null(_breaker.Pauses);
        Assert.True(_breaker.TryReserve());
    }

    [Fact]
    public void One_that_succeeds_within_the_minute_lets_failures_be_stored_again_when_the_minute_is_over()
    {
        Fail(_options.DeadLetters.MinFailures);
        _time.Advance(TimeSpan.FromSeconds(30));
        _breaker.Handled(1);
        Assert.False(_breaker.TryReserve());

        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.True(_breaker.TryReserve());
    }

    [Fact]
    public void A_clock_that_was_ahead_and_is_set_right_holds_nothing_up()
    {
        _time.Ahead = TimeSpan.FromMinutes(10);
        Fail(_options.DeadLetters.MinFailures);
        Assert.False(_breaker.TryReserve());
        _breaker.LimitReached();
        _time.Ahead = TimeSpan.Zero;

        _time.Advance(TimeSpan.FromSeconds(61));
        _breaker.Handled(1);

        Assert.Null(_breaker.Refuses);
        Assert.Null(_breaker.Pauses);
    }

    [Fact]
    public void An_operator_who_resolves_some_of_it_lets_it_begin_anew()
    {
        Fail(_options.DeadLetters.MinFailures);
        _breaker.LimitReached();

        _breaker.Reset();

        Assert.Null(_breaker.Refuses);
        Fail(_options.DeadLetters.MinFailures);
        Assert.NotNull(_breaker.Pauses);
    }

    [Fact]
    public void An_event_that_is_known_to_be_at_fault_itself_may_become_a_dead_letter_whatever_else_fails()
    {
        Fail(_options.DeadLetters.MinFailures);

        Assert.False(_breaker.TryReserve());
        Assert.True(_breaker.TryReserve(isItsOwnFault: true));
    }

    /// <summary>It could not read one that succeeds.</summary>
    [Fact]
    public void It_goes_on_when_nothing_is_left_to_try()
    {
        Fail(_options.DeadLetters.MinFailures);

        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Null(_breaker.Pauses);
    }

    [Fact]
    public void What_lanes_are_about_to_store_counts_until_it_is_given_back()
    {
        for (var i = 0; i < _options.DeadLetters.MinFailures; i++)
        {
            Assert.True(_breaker.TryReserve());
        }

        Assert.False(_breaker.TryReserve());
        Assert.Null(_breaker.Pauses);

        _breaker.GiveBack(1);
        Assert.True(_breaker.TryReserve());
    }

    [Fact]
    public void At_the_limit_of_keys_the_database_decides()
    {
        _breaker.LimitReached();

        Assert.Contains("Messaging:DeadLetters:MaxParkedKeys", _breaker.Pauses, StringComparison.Ordinal);
        Assert.True(_breaker.TryReserve());

        _time.Advance(2 * _breaker.Probe);
        Assert.Null(_breaker.Pauses);
    }

    private void Fail(int events)
    {
        for (var i = 0; i < events; i++)
        {
            Assert.True(_breaker.TryReserve());
            _breaker.Stored();
        }
    }

    // The fake's own timestamps go with its time of day.
    private sealed class SetClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
