using Confluent.Kafka;
using EventDriven.Messaging.Outbox.Relaying;

namespace EventDriven.Tests.Messaging.Outbox;

/// <summary>Rows between their reading and their deletion.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class OutboxInFlightTests
{
    private readonly OutboxInFlight _inFlight = new();

    [Fact]
    public void A_key_is_in_flight_until_each_of_its_rows_has_an_answer()
    {
        _inFlight.Add(FakeOutbox.Row(1, "a"));
        _inFlight.Add(FakeOutbox.Row(2, "a"));

        _inFlight.Answered(Acknowledged(1));
        Assert.True(_inFlight.HasKey("a"));

        _inFlight.Answered(Acknowledged(2));
        Assert.False(_inFlight.HasKey("a"));
    }

    [Fact]
    public void An_acknowledged_row_is_left_out_of_reads_until_it_is_taken_for_deletion()
    {
        _inFlight.Add(FakeOutbox.Row(1, "a"));
        _inFlight.Answered(Acknowledged(1));
        Assert.Equal([1L], _inFlight.Sequences());

        Assert.Equal([1L], _inFlight.TakeAcknowledged().Select(row => row.Sequence));
        Assert.Empty(_inFlight.Sequences());
    }

    [Fact]
    public void A_refused_row_may_be_read_again()
    {
        _inFlight.Add(FakeOutbox.Row(1, "a"));
        _inFlight.Answered(new OutboxAnswer(FakeOutbox.Row(1, "a"), new Error(ErrorCode.TopicAuthorizationFailed)));

        Assert.Empty(_inFlight.Sequences());
        Assert.Empty(_inFlight.TakeAcknowledged());
    }

    [Fact]
    public void There_is_room_for_three_batches()
    {
        const int Batch = 2;
        for (var sequence = 1; sequence <= 2 * Batch; sequence++)
        {
            Assert.True(_inFlight.HasRoom(Batch));
            _inFlight.Add(FakeOutbox.Row(sequence, $"{sequence}"));
        }

        Assert.True(_inFlight.HasRoom(Batch));
        _inFlight.Add(FakeOutbox.Row(9, "9"));
        Assert.False(_inFlight.HasRoom(Batch));
    }

    private static OutboxAnswer Acknowledged(long sequence) => new(FakeOutbox.Row(sequence, "a"), new Error(ErrorCode.NoError));
}
