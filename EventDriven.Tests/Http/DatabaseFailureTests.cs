using System.Net;
using System.Net.Sockets;
using Confluent.Kafka;
using EventDriven.ServiceDefaults.Http.Failures;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Tests.Http;

/// <summary>What is worth repeating, and what is a defect.</summary>
[Trait(UnitTest.Trait, UnitTest.Value)]
public sealed class DatabaseFailureTests
{
    [Theory]
    [InlineData("08006", "database-away")]
    [InlineData("57P01", "database-away")]
    [InlineData("57P03", "database-away")]
    [InlineData("53100", "database-away")]
    [InlineData("25006", "database-away")]
    [InlineData("53300", "database-busy")]
    [InlineData("55P03", "database-busy")]
    [InlineData("57014", "database-busy")]
    [InlineData("40P01", "database-busy")]
    [InlineData("23505", null)]
    [InlineData("22021", null)]
    [InlineData("42P01", null)]
    public void PostgreSQL_says_by_its_code_what_it_is(string state, string? code)
    {
        var exception = new PostgresException("…", "ERROR", "ERROR", state);

        Assert.Equal(code, DatabaseFailures.CodeOf(exception));
        Assert.Equal(code, DatabaseFailures.CodeOf(new DbUpdateException("…", exception)));
        Assert.Equal(
            code, DatabaseFailures.CodeOf(
                new InvalidOperationException("likely due to a transient failure", new DbUpdateException("…", exception))));
    }

    [Fact]
    public void A_service_or_a_broker_that_does_not_answer_is_away_and_one_that_refuses_is_not()
    {
        Assert.Equal("server-away", AwayServers.CodeOf(new HttpRequestException("refused", new SocketException())));
        Assert.Null(AwayServers.CodeOf(new HttpRequestException("404", inner: null, HttpStatusCode.NotFound)));
        Assert.Equal("server-away", AwayServers.CodeOf(new KafkaException(ErrorCode.Local_AllBrokersDown)));
        Assert.Null(AwayServers.CodeOf(new KafkaException(ErrorCode.TopicAuthorizationFailed)));
    }

    [Fact]
    public void A_pool_without_a_connection_is_busy_and_a_broken_connection_away()
    {
        Assert.Equal(
            "database-busy",
            DatabaseFailures.CodeOf(new NpgsqlException("The connection pool has been exhausted", new TimeoutException())));
        Assert.Equal(
            "database-away", DatabaseFailures.CodeOf(new NpgsqlException("Exception while reading from stream", new IOException())));
        Assert.Equal("database-away", DatabaseFailures.CodeOf(new NpgsqlException("Failed to connect", new SocketException())));
        Assert.Null(DatabaseFailures.CodeOf(new InvalidOperationException()));
    }
}
