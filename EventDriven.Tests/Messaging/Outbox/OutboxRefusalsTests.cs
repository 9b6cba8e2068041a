using EventDriven.Messaging.Outbox.Relaying;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Messaging.Outbox;

/// <summary>Keys whose first row the broker refused.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OutboxRefusalsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly OutboxRefusals _refusals;

    public OutboxRefusalsTests() => _refusals = new OutboxRefusals(_time);

    [Fact]
    public void A_refused_row_is_due_after_a_second()
    {
        _refusals.Refused(FakeOutbox.Row(1, "a"));
        Assert.False(_refusals.IsDue);

        _time.Advance(Second);
        Assert.True(_refusals.IsDue);
    }

    [Fact]
    public void The_acknowledgement_of_the_row_that_was_tried_frees_its_key()
    {
        _refusals.Refused(FakeOutbox.Row(1, "a"));
        _refusals.Trying([FakeOutbox.Row(1, "a")]);

        Assert.True(_refusals.Acknowledged(FakeOutbox.Row(1, "a")));
        Assert.Empty(_refusals.Keys);
    }

    [Fact]
    public void The_acknowledgement_of_another_row_frees_no_key()
    {
        _refusals.Refused(FakeOutbox.Row(1, "a"));
        _refusals.Trying([FakeOutbox.Row(1, "a")]);

        Assert.False(_refusals.Acknowledged(FakeOutbox.Row(2, "b")));
        Assert.Equal(["a"], _refusals.Keys);
    }

    [Fact]
    public void A_thousand_refused_keys_are_a_flood()
    {
        for (var key = 0; key < 1_000; key++)
        {
            Assert.False(_refusals.IsFlood);
            _refusals.Refused(FakeOutbox.Row(key, $"{key}"));
        }

        Assert.True(_refusals.IsFlood);
    }
}
