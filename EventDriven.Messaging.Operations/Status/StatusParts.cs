using System.Globalization;
using EventDriven.Messaging.Kafka;
using EventDriven.Messaging.Operations.DeadLetters;
using EventDriven.Messaging.Operations.Groups;
using EventDriven.Messaging.Operations.Services;
using EventDriven.Messaging.Storage.Groups;
using EventDriven.Messaging.Telemetry;

namespace EventDriven.Messaging.Operations.Status;

/// <summary>Lists the parts of the system, worst first.</summary>
internal static class StatusParts
{
    // The defaults of a service's own health checks.
    private const double LateSeconds = 60;
    private const double OutboxSeconds = 30;

    // The parts of groups and outboxes show what these checks say.
    private static readonly string[] Repeated = ["lag", "parked-keys", "outbox"];

    public static IReadOnlyList<StatusPart> Of(
        KafkaReading kafka, IReadOnlyList<DatabaseReading> databases, IReadOnlyList<ServiceHealth> services, DateTimeOffset now)
    {
        var parts = new List<StatusPart>
        {
            kafka.Error is { } error
                ? new(StatusLevel.Red, StatusPartKind.Kafka, "kafka", [error])
                : new(StatusLevel.Green, StatusPartKind.Kafka, "kafka", ["answers"]),
        };
        parts.AddRange(databases.Select(database => database.Error is { } why
            ? new StatusPart(StatusLevel.Red, StatusPartKind.Database, database.Name, [why])
            : new StatusPart(StatusLevel.Green, StatusPartKind.Database, database.Name, ["answers"])));
        parts.AddRange(databases.SelectMany(database => database.Groups, (database, group) => Of(group, database, kafka, services)));
        parts.AddRange(services.Select(Of));
        parts.AddRange(databases.Where(database => database.Outbox is not null).Select(database => Of(database, now)));
        return [.. parts.OrderByDescending(part => part.Level).ThenBy(part => part.Kind).ThenBy(part => part.Name, StringComparer.Ordinal)];
    }

    private static StatusPart Of(RegisteredGroup group, DatabaseReading database, KafkaReading kafka, IReadOnlyList<ServiceHealth> services)
    {
        var isOther = kafka.Cluster is not null && !ClusterId.IsOf(kafka.Cluster, group.Cluster);
        var lag = kafka.Lag.GetValueOrDefault(group.Name);
        var members = isOther ? null : kafka.Members?.GetValueOrDefault(group.Name);
        var parked = database.Parked.GetValueOrDefault(group.Name) ?? new ParkedCount(0, 0);
        var problems = new List<(StatusLevel Level, string Says)>();
        problems.AddRange(Halted(group, services).Select(why => (StatusLevel.Red, why)));
        problems.AddRange(Absence(members, database.Activity.GetValueOrDefault(group.Name) ?? GroupActivity.None));
        if (isOther)
        {
            problems.Add((StatusLevel.Yellow, $"reads the log of another cluster ('{group.Cluster}')"));
        }

        if (lag is { Events: > 0 } && Late(lag) is var late && (late is not null || problems.Count > 0))
        {
            problems.Add((
                late ?? StatusLevel.Green,
                $"{Counted(lag.Events, "event")} "
                + $"behind{(lag.SecondsAt(lag.MeasuredAt) is { } seconds ? $", the oldest for {Time(seconds)}" : "")}"));
        }

        if (parked.Keys > 0)
        {
            problems.Add((
                StatusLevel.Yellow,
                $"{Counted(parked.Keys, "key")} parked with {Counted(parked.Events, "event")}: dead-letters list --group {group.Name}"));
        }

        return new StatusPart(Worst(problems), StatusPartKind.Group, group.Name, problems.Count > 0 ? Sorted(problems) : ["keeps up"])
        {
            Members = members,
            Events = lag?.Events,
            Seconds = lag?.SecondsAt(lag.MeasuredAt),
            ParkedKeys = parked.Keys,
        };
    }

    // Only instances know whether a group is halted.
    private static IEnumerable<string> Halted(RegisteredGroup group, IReadOnlyList<ServiceHealth> services) =>
        from service in services
        from problem in service.Problems
        where problem.IsHalted(@group.Name)
        select $"halted on {service.Name}";

    private static IEnumerable<(StatusLevel Level, string Says)> Absence(int? members, GroupActivity activity)
    {
        var since = activity.SinceSeen is { } seen ? $" for {Time(seen.TotalSeconds)}" : ", and none was ever seen";
        if (activity.PausedBy is { } by)
        {
            return [(StatusLevel.Yellow, $"paused by {by}")];
        }

        return members switch
        {
            0 => [(StatusLevel.Red, $"no member{since}")],
            null when !activity.IsSeen => [(StatusLevel.Red, $"no sign of a member{since}")],
            _ => [],
        };
    }

    private static StatusLevel? Late(GroupLag lag) =>
        lag.SecondsAt(lag.MeasuredAt) is { } seconds && seconds <= LateSeconds ? null : StatusLevel.Yellow;

    private static StatusPart Of(ServiceHealth service)
    {
        if (service.Status is not { } status)
        {
            return new StatusPart(StatusLevel.Red, StatusPartKind.Service, service.Name, [service.Error ?? "does not answer"]);
        }

        var level = status switch
        {
            "healthy" => StatusLevel.Green,
            "degraded" => StatusLevel.Yellow,
            _ => StatusLevel.Red,
        };
        var problems = service.Problems.OrderBy(problem => problem.Status == "unhealthy" ? 0 : 1)
            .Select(problem => problem.Description is { } description && !Repeated.Contains(problem.Check)
                ? $"{problem.Check}: {description.TrimEnd('.')}"
                : problem.Check)
            .ToList();
        return new StatusPart(
            level, StatusPartKind.Service, service.Name, [problems.Count > 0 ? $"{status} by {string.Join(", ", problems)}" : status]);
    }

    private static StatusPart Of(DatabaseReading database, DateTimeOffset now)
    {
        var pending = database.Outbox!.Pending;
        var seconds = database.Outbox.SecondsAt(now) ?? 0;
        return new StatusPart(
            seconds > OutboxSeconds ? StatusLevel.Yellow : StatusLevel.Green,
            StatusPartKind.Outbox,
            database.Name,
            [pending == 0 ? "nothing waits" : $"{Counted(pending, "event")} wait, the oldest for {Time(seconds)}: outbox list"])
        {
            Events = pending,
            Seconds = seconds,
        };
    }

    private static StatusLevel Worst(List<(StatusLevel Level, string Says)> problems) =>
        problems.Count > 0 ? problems.Max(problem => problem.Level) : StatusLevel.Green;

    private static IReadOnlyList<string> Sorted(List<(StatusLevel Level, string Says)> problems) =>
        [.. problems.OrderByDescending(problem => problem.Level).Select(problem => problem.Says)];

    private static string Counted(long count, string what) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {what}{(count == 1 ? "" : "s")}";

    private static string Time(double seconds) => seconds switch
    {
        < 120 => $"{seconds:0} s",
        < 7_200 => $"{seconds / 60:0} min",
        < 172_800 => $"{seconds / 3_600:0} h",
        _ => $"{seconds / 86_400:0} days",
    };
}
