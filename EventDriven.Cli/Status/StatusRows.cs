using System.Globalization;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Cli.Status;

/// <summary>Makes one list, worst first, of what everything tells.</summary>
internal static class StatusRows
{
    public const string Kafka = "kafka";
    public const string Database = "database";
    private const string Group = "group";
    private const string Service = "service";
    private const string Outbox = "outbox";

    // As a service's own health has them by default.
    private const double LateSeconds = 60;
    private const double OutboxSeconds = 30;

    // What these checks say is in the rows of groups and outboxes.
    private static readonly string[] Repeated = ["lag", "parked-keys", "outbox"];
    private static readonly string[] Order = [Kafka, Database, Group, Service, Outbox];

    public static IReadOnlyList<StatusRow> Of(
        KafkaReading kafka, IReadOnlyList<DatabaseReading> databases, IReadOnlyList<ServiceReading> services, DateTimeOffset now)
    {
        var rows = new List<StatusRow>
        {
            kafka.Error is { } error ? new(StatusLevel.Red, Kafka, Kafka, [error]) : new(StatusLevel.Green, Kafka, Kafka, ["answers"]),
        };
        rows.AddRange(databases.Select(database => database.Error is { } why
            ? new StatusRow(StatusLevel.Red, Database, database.Name, [why])
            : new StatusRow(StatusLevel.Green, Database, database.Name, ["answers"])));
        rows.AddRange(databases.SelectMany(database => database.Groups, (database, group) => Of(group, database, kafka, services)));
        rows.AddRange(services.Select(Of));
        rows.AddRange(databases.Where(database => database.Outbox is not null).Select(database => Of(database, now)));
        return [.. rows.OrderByDescending(row => row.Level).ThenBy(row => Array.IndexOf(Order, row.Kind)).ThenBy(row => row.Name, StringComparer.Ordinal)];
    }

    private static StatusRow Of(RegisteredGroup group, DatabaseReading database, KafkaReading kafka, IReadOnlyList<ServiceReading> services)
    {
        var isOther = kafka.Cluster is not null && !ClusterId.IsOf(kafka.Cluster, group.Cluster);
        var lag = kafka.Lag.GetValueOrDefault(group.Name);
        var members = isOther ? null : kafka.Members?.GetValueOrDefault(group.Name);
        var parked = database.Parked.GetValueOrDefault(group.Name);
        var problems = new List<(StatusLevel Level, string Says)>();
        problems.AddRange(Halted(group, services).Select(why => (StatusLevel.Red, why)));
        problems.AddRange(Absence(members, database.Activity.GetValueOrDefault(group.Name) ?? new GroupActivity(null, null)));
        if (isOther)
        {
            problems.Add((StatusLevel.Yellow, $"reads the log '{group.Cluster}', which is not this broker's"));
        }

        if (lag is { Events: > 0 } && Late(lag) is var late && (late is not null || problems.Count > 0))
        {
            problems.Add((late ?? StatusLevel.Green, $"{Counted(lag.Events, "event")} behind{(lag.SecondsAt(lag.MeasuredAt) is { } seconds ? $", the oldest for {Time(seconds)}" : "")}"));
        }

        if (parked.Keys > 0)
        {
            problems.Add((StatusLevel.Yellow, $"{Counted(parked.Keys, "key")} parked with {Counted(parked.Records, "event")}: dead-letters list --group {group.Name}"));
        }

        return new StatusRow(Worst(problems), Group, group.Name, problems.Count > 0 ? Sorted(problems) : ["keeps up"])
        {
            Members = members,
            Events = lag?.Events,
            Seconds = lag?.SecondsAt(lag.MeasuredAt),
            ParkedKeys = parked.Keys,
        };
    }

    // Only instances know it, and they name their group.
    private static IEnumerable<string> Halted(RegisteredGroup group, IReadOnlyList<ServiceReading> services) =>
        from service in services
        from problem in service.Problems
        where problem.Check == "consumer" && problem.Description?.Contains($"'{group.Name}'", StringComparison.Ordinal) == true
        select $"halted on {service.Name}";

    private static IEnumerable<(StatusLevel Level, string Says)> Absence(int? members, GroupActivity activity)
    {
        var since = activity.SinceSeen is { } seen ? $" for {Time(seen.TotalSeconds)}" : ", nor was there ever one";
        if (activity.PausedBy is { } by)
        {
            return [(StatusLevel.Yellow, $"{by} lets it pause")];
        }

        return members switch
        {
            0 => [(StatusLevel.Red, $"no member{since}")],
            null when !activity.IsSeen => [(StatusLevel.Red, $"no sign of a member{since}")],
            _ => [],
        };
    }

    private static StatusLevel? Late(GroupLag lag) => lag.SecondsAt(lag.MeasuredAt) is { } seconds && seconds <= LateSeconds ? null : StatusLevel.Yellow;

    private static StatusRow Of(ServiceReading service)
    {
        if (service.Status is not { } status)
        {
            return new StatusRow(StatusLevel.Red, Service, service.Name, [service.Error ?? "does not answer"]);
        }

        var level = status switch
        {
            "healthy" => StatusLevel.Green,
            "degraded" => StatusLevel.Yellow,
            _ => StatusLevel.Red,
        };
        var problems = service.Problems.OrderBy(problem => problem.Status == "unhealthy" ? 0 : 1)
            .Select(problem => problem.Description is { } description && !Repeated.Contains(problem.Check) ? $"{problem.Check}: {description.TrimEnd('.')}" : problem.Check)
            .ToList();
        return new StatusRow(level, Service, service.Name, [problems.Count > 0 ? $"{status} by {string.Join(", ", problems)}" : status]);
    }

    private static StatusRow Of(DatabaseReading database, DateTimeOffset now)
    {
        var (pending, oldestAt) = database.Outbox!.Value;
        var seconds = oldestAt is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : 0;
        return new StatusRow(
            seconds > OutboxSeconds ? StatusLevel.Yellow : StatusLevel.Green,
            Outbox,
            database.Name,
            [pending == 0 ? "nothing waits" : $"{Counted(pending, "event")} wait, the oldest for {Time(seconds)}: outbox list"])
        {
            Events = pending,
            Seconds = seconds,
        };
    }

    private static StatusLevel Worst(List<(StatusLevel Level, string Says)> problems) => problems.Count > 0 ? problems.Max(problem => problem.Level) : StatusLevel.Green;

    private static IReadOnlyList<string> Sorted(List<(StatusLevel Level, string Says)> problems) =>
        [.. problems.OrderByDescending(problem => problem.Level).Select(problem => problem.Says)];

    private static string Counted(long count, string what) => $"{count.ToString("N0", CultureInfo.InvariantCulture)} {what}{(count == 1 ? "" : "s")}";

    // As somebody says it who was woken up.
    private static string Time(double seconds) => seconds switch
    {
        < 120 => $"{seconds:0} s",
        < 7_200 => $"{seconds / 60:0} min",
        < 172_800 => $"{seconds / 3_600:0} h",
        _ => $"{seconds / 86_400:0} days",
    };
}
