using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using Npgsql;

namespace EventDriven.Benchmarks.Consume;

/// <summary>What all contestants of <c>consume</c> work on.</summary>
internal static class ConsumeWork
{
    public const int Partitions = 6;

    private static (int Events, string Topic)? _filled;

    /// <summary>A topic with so many events; the same one in each turn of a contestant, which has its process for itself.</summary>
    public static async Task<string> TopicAsync(
        Servers servers, int events, CancellationToken cancellationToken, int partitions = Partitions)
    {
        if (_filled is not { } filled || filled.Events != events)
        {
            filled = (events, await SalesTopic.FilledAsync(servers, "consume", partitions, events, keys: events, cancellationToken));
            _filled = filled;
        }

        return filled.Topic;
    }

    /// <summary>A run that lost or doubled something is no measurement.</summary>
    public static async Task VerifyAsync(string database, int events, int remembered, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var count = new NpgsqlCommand(
            "SELECT (SELECT count(*) FROM sales), (SELECT count(*) FROM messaging.inbox)", connection);
        await using var reader = await count.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (reader.GetInt64(0) != events || reader.GetInt64(1) != remembered)
        {
            throw new InvalidOperationException(
                $"{reader.GetInt64(0)} sales and {reader.GetInt64(1)} inbox rows instead of {events} and {remembered}.");
        }
    }
}
