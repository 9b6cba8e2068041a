using System.Net.Sockets;
using Confluent.Kafka;
using EventDriven.Messaging;
using EventDriven.Messaging.Failures;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Tests.Messaging.Failures;

/// <summary>The one classification of failures.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class FailureTests
{
    [Theory]
    [InlineData("08006")]
    [InlineData("53300")]
    [InlineData("57P01")]
    public void A_server_that_is_away_is_an_outage(string sqlState) => Assert.Equal(FailureKind.Outage, Failure.KindOf(Server(sqlState)));

    [Theory]
    [InlineData("40P01")]
    [InlineData("40001")]
    [InlineData("23505")]
    [InlineData("23514")]
    public void What_depends_on_other_transactions_is_transient(string sqlState) =>
        Assert.Equal(FailureKind.Transient, Failure.KindOf(Server(sqlState)));

    [Theory]
    [InlineData("22001")]
    [InlineData("22003")]
    [InlineData("54000")]
    public void A_value_that_can_not_be_stored_is_permanent(string sqlState) =>
        Assert.Equal(FailureKind.Permanent, Failure.KindOf(Server(sqlState)));

    [Fact]
    public void A_lost_connection_is_an_outage() =>
        Assert.Equal(
            FailureKind.Outage, Failure.KindOf(new NpgsqlException("lost", new SocketException((int)SocketError.ConnectionReset))));

    [Fact]
    public void A_command_that_took_too_long_is_transient() =>
        Assert.Equal(FailureKind.Transient, Failure.KindOf(new NpgsqlException("slow", new TimeoutException())));

    [Fact]
    public void A_broker_that_is_away_is_an_outage() =>
        Assert.Equal(FailureKind.Outage, Failure.KindOf(new KafkaException(new Error(ErrorCode.Local_AllBrokersDown))));

    [Fact]
    public void A_broker_that_refuses_is_transient() =>
        Assert.Equal(FailureKind.Transient, Failure.KindOf(new KafkaException(new Error(ErrorCode.TopicAuthorizationFailed))));

    [Fact]
    public void The_cause_counts_when_the_exception_around_it_says_nothing() =>
        Assert.Equal(FailureKind.Permanent, Failure.KindOf(new DbUpdateException("not saved", Server("22001"))));

    [Fact]
    public void A_handlers_call_to_another_service_is_no_outage_of_ours() =>
        Assert.Equal(
            FailureKind.Transient,
            Failure.KindOf(new HttpRequestException("away", new SocketException((int)SocketError.ConnectionRefused))));

    [Fact]
    public void An_unreadable_event_is_permanent() => Assert.Equal(FailureKind.Permanent, Failure.KindOf(new UnreadableEventException()));

    [Fact]
    public void A_contradictory_event_is_permanent() =>
        Assert.Equal(FailureKind.Permanent, Failure.KindOf(new ContradictoryEventException()));

    [Fact]
    public void What_no_server_explains_is_a_defect() =>
        Assert.Equal(FailureKind.Defect, Failure.KindOf(new InvalidOperationException("no such service")));

    private static PostgresException Server(string sqlState) => new("failed", "ERROR", "ERROR", sqlState);
}
