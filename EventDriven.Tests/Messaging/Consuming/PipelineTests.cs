using EventDriven.Messaging;
using EventDriven.Messaging.Consuming;
using EventDriven.Messaging.Consuming.Failing;
using EventDriven.Messaging.Consuming.Handling;
using EventDriven.Messaging.Leases;
using EventDriven.Messaging.Storage.DeadLetters;
using Npgsql;

namespace EventDriven.Tests.Messaging.Consuming;

/// <summary>
/// What an attempt returns for each event, and what is applied and stored (laws L5 and L6), on a clock that stands still.
/// </summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class PipelineTests : IDisposable
{
    private readonly Pipeline _pipeline = new();

    public void Dispose() => _pipeline.Dispose();

    [Fact]
    public async Task Events_are_applied_together_in_one_transaction()
    {
        var outcomes = await _pipeline.AttemptAsync(_pipeline.Event("a"), _pipeline.Event("b"));

        Assert.Equal([AttemptOutcome.Done, AttemptOutcome.Done], outcomes);
        Assert.Equal((1, 2), (_pipeline.Transaction.Transactions, _pipeline.Transaction.Applied.Count));
    }

    [Fact]
    public async Task A_finished_event_moves_its_partition_on()
    {
        await _pipeline.AttemptAsync(_pipeline.Event("a"));

        Assert.Equal(1, _pipeline.Progress.TakeMoved()?.Offset.Value);
    }

    [Fact]
    public async Task An_event_that_fails_moves_nothing_on()
    {
        _pipeline.Transaction.Fails = _ => new InvalidOperationException();

        await _pipeline.AttemptAsync(_pipeline.Event("a"));

        Assert.Null(_pipeline.Progress.TakeMoved());
    }

    [Fact]
    public async Task Events_that_fail_together_are_tried_alone_at_once()
    {
        _pipeline.Transaction.Fails = _ => new InvalidOperationException();

        var results = await _pipeline.ResultsAsync(_pipeline.Event("a"), _pipeline.Event("b"));

        Assert.All(results, result => Assert.Equal((false, true, TimeSpan.Zero), (result.IsFinished, result.IsAlone, result.RetryAfter)));
    }

    [Fact]
    public async Task An_event_that_fails_alone_is_tried_later()
    {
        _pipeline.Transaction.Fails = _ => new InvalidOperationException();
        var item = _pipeline.Event("a");

        var result = Assert.Single(await _pipeline.ResultsAsync(item));

        Assert.False(result.IsFinished);
        Assert.True(result.RetryAfter > TimeSpan.Zero);
        Assert.Equal(1, item.Failures);
    }

    [Fact]
    public async Task An_outage_counts_no_attempt()
    {
        _pipeline.Transaction.Fails = _ => new PostgresException("shutting down", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown);
        var item = _pipeline.Event("a");

        var result = Assert.Single(await _pipeline.ResultsAsync(item));

        Assert.False(result.IsFinished);
        Assert.Equal(0, item.Failures);
    }

    [Fact]
    public async Task The_last_attempt_makes_a_dead_letter_that_parks_its_key()
    {
        _pipeline.Transaction.Fails = _ => new InvalidOperationException();
        var item = _pipeline.Event("a");

        var outcome = AttemptOutcome.RetryAt;
        for (var attempt = 0; attempt < _pipeline.Options.Retry.Attempts; attempt++)
        {
            outcome = Assert.Single(await _pipeline.AttemptAsync(item));
        }

        Assert.Equal(AttemptOutcome.Parked, outcome);
        Assert.Equal(DeadLetterReason.Failed, Assert.Single(_pipeline.Transaction.DeadLetters).Reason);

        // No time has passed for the transaction: that decides nothing.
        Assert.True(_pipeline.Progress.Parked.Contains("a"));
    }

    [Fact]
    public async Task What_is_permanent_is_not_tried_again()
    {
        _pipeline.Transaction.Fails = _ => new ContradictoryEventException();

        Assert.Equal([AttemptOutcome.Parked], await _pipeline.AttemptAsync(_pipeline.Event("a")));
        Assert.Equal(DeadLetterReason.Contradictory, Assert.Single(_pipeline.Transaction.DeadLetters).Reason);
    }

    [Fact]
    public async Task An_unreadable_record_is_stored_at_once_and_parks_its_key()
    {
        Assert.Equal([AttemptOutcome.Parked], await _pipeline.AttemptAsync(_pipeline.Unreadable("a")));
        Assert.Equal(DeadLetterReason.Unreadable, Assert.Single(_pipeline.Transaction.DeadLetters).Reason);
        Assert.True(_pipeline.Progress.Parked.Contains("a"));
    }

    [Fact]
    public async Task An_event_of_a_parked_key_is_stored_and_not_applied()
    {
        _pipeline.Progress.Parked.Add("a", 0);

        Assert.Equal(
            [AttemptOutcome.Blocked, AttemptOutcome.Done], await _pipeline.AttemptAsync(_pipeline.Event("a"), _pipeline.Event("b")));
        Assert.Equal([1L], _pipeline.Transaction.Applied);
    }

    [Fact]
    public async Task One_from_before_the_dead_letter_waits_for_nothing()
    {
        var before = _pipeline.Event("a");
        _pipeline.Progress.Parked.Add("a", before.Record.Offset + 1);

        Assert.Equal([AttemptOutcome.Done], await _pipeline.AttemptAsync(before));
    }

    [Fact]
    public async Task An_event_after_an_unreadable_one_of_its_key_waits_until_that_is_stored()
    {
        var outcomes = await _pipeline.AttemptAsync(_pipeline.Unreadable("a"), _pipeline.Event("a"));

        Assert.Equal([AttemptOutcome.Parked, AttemptOutcome.RetryAt], outcomes);
    }

    [Fact]
    public async Task A_dead_letter_that_an_operator_gave_up_before_parks_nothing()
    {
        _pipeline.Transaction.HasDiscarded = true;

        Assert.Equal([AttemptOutcome.Discarded], await _pipeline.AttemptAsync(_pipeline.Unreadable("a")));
        Assert.False(_pipeline.Progress.Parked.Any);
    }

    [Fact]
    public async Task A_record_that_another_instance_has_gone_past_parks_nothing()
    {
        _pipeline.Transaction.Answer = new AppliedEvents { IsBehindOthers = true };

        Assert.Equal([AttemptOutcome.LeftToOthers], await _pipeline.AttemptAsync(_pipeline.Unreadable("a")));
        Assert.False(_pipeline.Progress.Parked.Any);
    }

    [Fact]
    public async Task A_dead_letter_that_can_not_be_stored_is_kept_and_tried_again()
    {
        _pipeline.Transaction.FailsToStore = _ => new NpgsqlException("away");

        Assert.Equal([AttemptOutcome.RetryAt], await _pipeline.AttemptAsync(_pipeline.Unreadable("a")));
        Assert.False(_pipeline.Progress.Parked.Any);
    }

    [Fact]
    public async Task An_event_beyond_the_limit_of_keys_waits_for_a_place()
    {
        _pipeline.Transaction.Fails = _ => new ContradictoryEventException();
        _pipeline.Transaction.FailsToStore = _ => new ParkingLimitException("full");

        var result = Assert.Single(await _pipeline.ResultsAsync(_pipeline.Event("a")));

        Assert.True(result.WaitsForPlace);
        Assert.True(_pipeline.Breakers["notes.v1"].IsAtLimit);
    }

    [Fact]
    public async Task Events_that_nobody_can_have_handled_ask_for_no_lease()
    {
        await _pipeline.AttemptAsync(_pipeline.Event("a"));

        Assert.Equal(0, _pipeline.Leases.Asked);
    }

    [Fact]
    public async Task An_event_that_the_leases_know_is_not_applied_again()
    {
        _pipeline.Leases.Answers = _ => Lease.Done;

        Assert.Equal([AttemptOutcome.Duplicate], await _pipeline.AttemptAsync(_pipeline.OldEvent("a")));
        Assert.Empty(_pipeline.Transaction.Applied);
    }

    [Fact]
    public async Task An_event_whose_lease_another_instance_holds_keeps_its_key_waiting()
    {
        var first = true;
        _pipeline.Leases.Answers = _ =>
        {
            var answer = first ? Lease.HeldByAnother : new Lease(LeaseState.Acquired, 1);
            first = false;
            return answer;
        };

        var outcomes = await _pipeline.AttemptAsync(_pipeline.OldEvent("a"), _pipeline.OldEvent("a"), _pipeline.OldEvent("b"));

        Assert.Equal([AttemptOutcome.RetryAt, AttemptOutcome.RetryAt, AttemptOutcome.Done], outcomes);
        Assert.Equal([2L], _pipeline.Transaction.Applied);
        Assert.Single(_pipeline.Leases.Released);
    }

    [Fact]
    public async Task A_lease_is_given_back_when_its_event_fails()
    {
        _pipeline.Transaction.Fails = _ => new InvalidOperationException();

        await _pipeline.AttemptAsync(_pipeline.OldEvent("a"));

        Assert.Single(_pipeline.Leases.Released);
        Assert.Empty(_pipeline.Leases.Completed);
    }

    [Fact]
    public async Task An_event_of_a_partition_that_was_given_up_is_left_to_its_new_owner()
    {
        var item = _pipeline.Event("a");
        _pipeline.Progress.GiveUp();

        Assert.Equal([AttemptOutcome.LeftToOthers], await _pipeline.AttemptAsync(item));
        Assert.Equal(0, _pipeline.Transaction.Transactions);
    }
}
