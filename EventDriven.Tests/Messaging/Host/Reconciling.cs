using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Logs;
using EventDriven.Messaging.Operations.Reconciliation;
using Npgsql;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>Reconciles the groups of databases, beside whatever runs.</summary>
internal static class Reconciling
{
    /// <summary>What there is to say about the one group of a service.</summary>
    public static async Task<GroupReport> ReconcileAsync(this NoteServiceOptions options, TimeSpan? back = null) =>
        Assert.Single((await ReconcileAsync(
            options.Kafka, [options.Database], TimeProvider.System.GetUtcNow() - (back ?? TimeSpan.FromHours(1)))).Groups);

    public static async Task<ReconciliationReport> ReconcileAsync(string kafka, IEnumerable<string> databases, DateTimeOffset since)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var connections = new List<NpgsqlConnection>();
        try
        {
            var groups = new List<GroupDatabase>();
            foreach (var database in databases)
            {
                var connection = new NpgsqlConnection(database);
                connections.Add(connection);
                await connection.OpenAsync(cancellationToken);
                groups.AddRange(
                    (await new GroupAdmin(connection).ListAsync(cancellationToken)).Select(group => new GroupDatabase(group, connection)));
            }

            using var cluster = new KafkaCluster(kafka);
            var report = await new Reconciler(cluster, groups, TimeProvider.System)
                .RunAsync(since, new Progress<ReconciliationProgress>(), cancellationToken);
            Assert.All(report.Groups, group => Assert.Equal(group.Published, Enum.GetValues<EventFate>().Sum(group.Count)));
            return report;
        }
        finally
        {
            foreach (var connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    }
}
