using System.Globalization;
using EventDriven.Chaos.Applications;
using EventDriven.Chaos.Schedules;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Operations.Status;
using Npgsql;

namespace EventDriven.Chaos.Running;

/// <summary>
/// Waits until the application has recovered without anybody's help: every server and instance answers, every group is at lag 0, and
/// nothing waits to be sent, be it an event, a mail or a refund.
/// </summary>
internal sealed class Recovery(IApplication application, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private static readonly (string Database, string What, string Sql)[] Waiting =
    [
        ("notificationsdb", "mails", "SELECT count(*) FROM messages WHERE state IN ('Pending', 'Withdrawing')"),
        ("checkoutdb", "refunds", "SELECT count(*) FROM refunds WHERE state <> 'Refunded'"),
    ];

    /// <summary>What was the last thing left to do.</summary>
    public string Last { get; private set; } = "nothing";

    /// <summary>Returns when nothing is left to do: null, or what still was when time was up.</summary>
    /// <param name="deadline">When time is up.</param>
    /// <param name="unanswered">How many requests their clients still send again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<string?> AwaitAsync(DateTimeOffset deadline, Func<int> unanswered, CancellationToken cancellationToken)
    {
        var databases = await application.DatabasesAsync(cancellationToken);
        using var status = new StatusReader(
            databases,
            [.. application.Instances.Select(name => new ServiceAddress(name, application.Address(name)) { Token = application.Token })],
            await application.ConnectionStringAsync(Topology.Kafka, cancellationToken),
            time);
        while (true)
        {
            // Before the look at the system: what was answered by then is seen there.
            var requests = unanswered();
            var left = await LeftAsync(status, databases, cancellationToken);
            if (requests > 0)
            {
                left.Insert(0, string.Create(CultureInfo.InvariantCulture, $"{requests} requests are not answered"));
            }

            if (left.Count == 0)
            {
                return null;
            }

            Last = string.Join("; ", left);
            if (time.GetUtcNow() > deadline)
            {
                return Last;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    /// <summary>The parts that are not as they have to be, with what they say, and whether groups are missing.</summary>
    public static List<string> Left(IReadOnlyList<StatusPart> parts, Func<StatusPart, bool> isAsItHasToBe)
    {
        var groups = parts.Count(part => part.Kind == StatusPartKind.Group);
        return
        [
            .. parts.Where(part => !isAsItHasToBe(part)).Select(part => $"{part.Kind} {part.Name}: {string.Join(", ", part.Says)}"),
            .. groups < Topology.Services.Count ? (string[])[$"only {groups} groups are known"] : [],
        ];
    }

    private static async Task<List<string>> LeftAsync(
        StatusReader status, IReadOnlyList<ServiceDatabase> databases, CancellationToken cancellationToken)
    {
        var parts = (await status.ReadAsync(cancellationToken)).Parts;
        var left = Left(parts, IsQuiet);
        if (left.Count > 0)
        {
            return left;
        }

        foreach (var (database, what, sql) in Waiting)
        {
            var count = await CountAsync(databases.Single(d => d.Name == database).ConnectionString, sql, cancellationToken);
            if (count > 0)
            {
                left.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what} wait"));
            }
        }

        return left;
    }

    // Parked keys are what poison records leave, and make a group yellow and its instances degraded.
    private static bool IsQuiet(StatusPart part) => part.Kind switch
    {
        StatusPartKind.Group or StatusPartKind.Outbox => part.Level != StatusLevel.Red && part.Events == 0,
        _ => part.Level != StatusLevel.Red,
    };

    private static async Task<long> CountAsync(string database, string sql, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(database);
            await using var command = source.CreateCommand(sql);
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
        catch (NpgsqlException)
        {
            return 1;
        }
    }
}
