using System.Net.Sockets;
using Confluent.Kafka;
using EventDriven.Messaging.Operations.Tasks;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace EventDriven.ServiceDefaults.Http.Failures;

/// <summary>
/// Answers 503 when a server that the request needs doesn't answer. The request may have been carried out or not: the answer says when and
/// how to repeat it.
/// </summary>
internal sealed partial class AwayServers(TimeProvider time, ILogger<AwayServers> logger) : IExceptionHandler
{
    /// <summary>The problem code of a request that timed out.</summary>
    public const string TookTooLong = ProblemCodes.TookTooLong;

    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LaterAgain = TimeSpan.FromSeconds(5);

    private readonly OutbreakCount _count = new(time);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (CodeOf(exception) is not { } code)
        {
            return false;
        }

        Note(code, exception);
        await Answer(httpContext, code).ExecuteAsync(httpContext);
        return true;
    }

    public static RetryLater Answer(HttpContext http, string code)
    {
        var rule = RepeatRule.Of(http);
        var problem = Problems.Plain(
            StatusCodes.Status503ServiceUnavailable,
            $"{Reason(code)} {rule.Detail}",
            code,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["repeat"] = rule.Code });
        return new RetryLater(problem, code == ProblemCodes.DatabaseBusy ? SoonAgain : LaterAgain);
    }

    /// <summary>The problem code of a server that is away; null for anything else.</summary>
    internal static string? CodeOf(Exception exception) =>
        DatabaseFailures.CodeOf(exception) ?? (IsOfAnotherServer(exception) ? ProblemCodes.ServerAway : null);

    private static string Reason(string code) => code switch
    {
        ProblemCodes.DatabaseAway => "The database does not answer.",
        ProblemCodes.DatabaseBusy => "The database had no connection, no lock or no time for this request.",
        ProblemCodes.TookTooLong => "The request took too long and was given up.",
        _ => "A server that this needs did not answer in time.",
    };

    private static bool IsOfAnotherServer(Exception exception) => exception switch
    {
        TimeoutException or SocketException or RedisException => true,

        // Nobody has answered. One who answered something else is no server that is away.
        HttpRequestException http => http.StatusCode is null && http.InnerException is (SocketException or IOException or TimeoutException),
        KafkaException => ServerProblem.Of(exception) is { ExitCode: ExitCode.Unreachable },
        _ => false,
    };

    private void Note(string code, Exception exception)
    {
        if (_count.Add(out var count))
        {
            Log.Unanswered(logger, count, code, exception.GetBaseException().GetType().Name, exception.GetBaseException().Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(431, LogLevel.Warning, "Requests answered with 503 since the last such line: {Count}. The last one: {Code}, because "
            + "of {Type}: {Reason}")]
        public static partial void Unanswered(ILogger logger, int count, string code, string type, string reason);
    }
}
