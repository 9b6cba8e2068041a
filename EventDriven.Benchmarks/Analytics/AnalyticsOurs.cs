using Analytics.Worker;
using Analytics.Worker.Database;
using Confluent.Kafka;
using EventDriven.Benchmarks.Harness.Contestants;
using EventDriven.Benchmarks.Service;
using EventDriven.Contracts;
using EventDriven.Messaging.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventDriven.Benchmarks.Analytics;

/// <summary>Analytics' own handlers, database and consumer group, on events that wait on its topics.</summary>
internal sealed class AnalyticsOurs(Servers servers) : IContestant
{
    private const string Cluster = "benchmark";
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private (int Events, Dictionary<TopicPartition, long> From, Dictionary<TopicPartition, long> To) _filled;

    public static async Task<IContestant> CreateAsync(Servers servers)
    {
        await servers.CreateTopicsAsync([.. Topics.All.Select(topic => (topic.Name, topic.Partitions))]);
        Environment.SetEnvironmentVariable("Messaging__Cluster", Cluster);
        return new AnalyticsOurs(servers);
    }

    public async Task<Measurement> RunAsync(int events, CancellationToken cancellationToken)
    {
        if (_filled.Events != events)
        {
            var from = await OrderFacts.EndsAsync(servers, cancellationToken);
            OrderFacts.Send(servers, events / OrderFacts.FactsAnOrder, cancellationToken);
            _filled = (events, from, await OrderFacts.EndsAsync(servers, cancellationToken));
        }

        var database = await servers.CreateDatabaseAsync("analytics_ours", cancellationToken);
        await using (var context = new AnalyticsDbContext(
            new DbContextOptionsBuilder<AnalyticsDbContext>().UseNpgsql(database).UseSnakeCaseNamingConvention().Options))
        {
            await context.Database.MigrateAsync(cancellationToken);
            await MessagingSchema.InstallAsync(context, cancellationToken);
        }

        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await BeginAsync(connection, cancellationToken);
        await using var service = await SalesService.StartAsync<AnalyticsDbContext>(
            servers, database, builder => builder.AddAnalyticsEvents(), cancellationToken);
        return await MeasureAsync(connection, events, cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // What an earlier turn has put on the topics is not this turn's.
    private async Task BeginAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var (partition, offset) in _filled.From)
        {
            await using var insert = new NpgsqlCommand(
                """
                INSERT INTO messaging.consumer_offsets ("group", topic, partition, cluster, next_offset)
                VALUES ('analytics', $1, $2, $3, $4)
                """,
                connection)
            {
                Parameters =
                {
                    new() { Value = partition.Topic }, new() { Value = partition.Partition.Value }, new() { Value = Cluster },
                    new() { Value = offset },
                },
            };
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // From the first events that are committed, so that joining the group isn't measured.
    private async Task<Measurement> MeasureAsync(NpgsqlConnection connection, int events, CancellationToken cancellationToken)
    {
        var begin = _filled.From.Values.Sum();
        var end = _filled.To.Values.Sum();
        Meter? meter = null;
        var before = 0L;
        while (true)
        {
            await using var sum = new NpgsqlCommand("SELECT sum(next_offset)::bigint FROM messaging.consumer_offsets", connection);
            var at = (long)(await sum.ExecuteScalarAsync(cancellationToken))!;
            if (at > begin && meter is null)
            {
                meter = new Meter();
                before = at - begin;
            }

            if (at == end)
            {
                var measured = (meter ??= new Meter()).Stop(events - (int)before);
                await VerifyAsync(connection, events, cancellationToken);
                return measured;
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task VerifyAsync(NpgsqlConnection connection, int events, CancellationToken cancellationToken)
    {
        await using var count = new NpgsqlCommand(
            """
            SELECT (SELECT count(*) FROM orders WHERE placed_at IS NOT NULL AND confirmed_at IS NOT NULL)
                + (SELECT count(*) FROM ordered_items)
                + (SELECT count(*) FROM payments) + (SELECT count(*) FROM reservations)
            """,
            connection);
        var rows = (long)(await count.ExecuteScalarAsync(cancellationToken))!;
        if (rows != (long)events / OrderFacts.FactsAnOrder * OrderFacts.RowsAnOrder)
        {
            throw new InvalidOperationException($"The read model has {rows} rows after {events} events.");
        }
    }
}
