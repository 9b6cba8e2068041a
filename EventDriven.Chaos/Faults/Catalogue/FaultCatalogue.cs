using System.Globalization;
using EventDriven.Chaos.Checking.Delivery;
using EventDriven.Chaos.Faults.Processes;
using EventDriven.Chaos.Faults.Servers;
using EventDriven.Chaos.Faults.Services;
using EventDriven.Chaos.Histories;
using EventDriven.Chaos.Links;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;

namespace EventDriven.Chaos.Faults.Catalogue;

/// <summary>Every kind of fault: what a schedule needs to know of it, and how it is made.</summary>
internal static class FaultCatalogue
{
    /// <summary>The kind that needs the former version's programs.</summary>
    public const string NeedsFormer = "rolling-update";

    private const string DiskFull = "disk-full-";
    private const string Process = "process";
    private const string Wire = "link";
    private const string Sessions = "sessions";
    private const string Records = "records";
    private const string Latency = "latency-ms";
    private const string Share = "share";
    private const string Handlers = "handlers";
    private const string Minutes = "minutes";

    private static readonly IReadOnlyList<string> Kafka = [Topology.Kafka];
    private static readonly IReadOnlyList<string> Postgres = [Topology.Postgres];
    private static readonly IReadOnlyList<string> Redis = [Topology.Redis];

    private static readonly IReadOnlyList<(FaultKind Kind, Func<PlannedFault, FaultStage, IFault> Create)> Entries =
    [
        (Kind("kill-service", "kill -9 of an instance; the AppHost starts it again", Process, Topology.Instances, 0, 0),
            (fault, stage) => new KillService(stage.System, fault.Target)),
        (Kind(
            FaultKinds.PauseService, "SIGSTOP of an instance, beyond the session timeout too, then SIGCONT", Process, Topology.Instances,
            1, 60),
            (fault, stage) => new PauseProcess(stage.System, fault.Target, fault.Duration)),
        (Kind("restart-service", "orderly restart of an instance", Process, Topology.Instances, 0, 3),
            (fault, stage) => new RestartProcess(stage.System, fault.Target)),
        (Kind("kill-broker", "kill -9 of the broker, started again after a while", Process, Kafka, 1, 5),
            (fault, stage) => new KillServer(stage.System, fault.Target, ProcessSignal.Kill)),
        (Kind("restart-broker", "orderly restart of the broker", Process, Kafka, 0, 3),
            (fault, stage) => new RestartProcess(stage.System, fault.Target)),
        (Kind("pause-broker", "SIGSTOP of the broker, then SIGCONT", Process, Kafka, 1, 20),
            (fault, stage) => new PauseProcess(stage.System, fault.Target, fault.Duration)),
        (Kind("postgres-immediate", "immediate shutdown of PostgreSQL, started again after a while", Process, Postgres, 1, 5),
            (fault, stage) => new KillServer(stage.System, fault.Target, QuitPostmaster)),
        (Kind("postgres-kill-backends", "ends the services' sessions (pg_terminate_backend) every second", Sessions, Postgres, 1, 8),
            (_, stage) => new KilledBackends(stage.System, TimeSpan.FromSeconds(1))),
        (Kind("postgres-connections", "ends the services' sessions and takes every connection that there is", Sessions, Postgres, 3, 12),
            (_, stage) => new TakenConnections(stage.System)),
        (Kind("redis-flush", "FLUSHALL", "keys", Redis, 0, 0),
            (_, stage) => new FlushedRedis(stage.System)),
        (Kind("redis-restart", "orderly restart of Redis", Process, Redis, 0, 5),
            (fault, stage) => new RestartProcess(stage.System, fault.Target)),
        (Kind("redis-pause", "SIGSTOP of Redis, then SIGCONT", Process, Redis, 1, 20),
            (fault, stage) => new PauseProcess(stage.System, fault.Target, fault.Duration)),
        (Kind(
            "redis-password", "Redis refuses the services' password and ends their sessions, until it has the right one again", "password",
            Redis, 3, 15),
            (_, stage) => new WrongPassword(stage.System)),
        (Kind(
            "rebalance-storm", "a further member joins a service's group and leaves it a second later, again and again", "group",
            Topology.Services, 5, 20),
            (fault, stage) => new RebalanceStorm(
                cancellationToken => stage.System.ConnectionStringAsync(Topology.Kafka, cancellationToken), fault.Target,
                TopicsOf(fault.Target))),
        (Kind(FaultKinds.ClockSkew, "the clock of a service is 10 min ahead or behind", "clock", Topology.Services, 5, 30) with
            {
                Parameters = random => Of(Minutes, random.Next(2) == 0 ? 10 : -10),
            },
            (fault, stage) => new ClockSkew(stage.System.Insides, fault.Target, TimeSpan.FromMinutes(Number(fault, Minutes)))),
        (Kind(
            "handler-faults", "handlers of a service fail before their effect or before its commit, or are slow, at random", Handlers,
            Topology.Services, 5, 25) with
            {
                Parameters = random => Of(Share, 5 * (1 + random.Next(6))),
            },
            (fault, stage) => new FailingHandlers(
                stage.System.Insides, fault.Target, Number(fault, Share) / 100.0, new OperatorRedrive(stage, TimeProvider.System))),
        (Kind(
            "failing-deployment", "a version of a service that fails every event replaces both instances, and is rolled back", Handlers,
            Topology.Services, 10, 30) with
            {
                AlsoHolds = ProcessesOf,
            },
            (fault, stage) => new FailingDeployment(stage, fault.Target, new OperatorRedrive(stage, TimeProvider.System))),
        (Kind(
            NeedsFormer, "a service's instances are replaced one by one by the former version, then by the present one", Handlers,
            Topology.Services, 10, 30) with
            {
                AlsoHolds = ProcessesOf,
            },
            (fault, stage) => new RollingUpdate(stage.System, fault.Target, stage.Former!)),
        (Kind($"{DiskFull}{Topology.Postgres}", "PostgreSQL's disk is full (a disk in memory; only as root)", Process, Postgres, 3, 15),
            (fault, stage) => new FullDisk(stage.System, fault.Target)),
        (Kind($"{DiskFull}{Topology.Kafka}", "the broker's disk is full (a disk in memory; only as root)", Process, Kafka, 3, 15),
            (fault, stage) => new FullDisk(stage.System, fault.Target)),
        (Kind("poison-record", "records that nobody can read, each with a key of its own", "topic", PoisonRecords.Targets, 0, 0) with
            {
                Parameters = random => Of(Records, 1 + random.Next(4)),
            },
            (fault, stage) => new PoisonRecords(stage, fault.Target, Number(fault, Records))),
        (Kind("link-latency", "every packet of a link is late, some more than others", Wire, Topology.BusyLinks, 5, 25) with
            {
                Parameters = random => Of(Latency, 20 * (1 + random.Next(25))),
            },
            (fault, stage) => Trouble(fault, stage, Slow(TimeSpan.FromMilliseconds(Number(fault, Latency)), Draw(fault, stage)))),
        (Kind("link-reset", "connections of a link are reset, new ones too", Wire, Topology.Links, 1, 15),
            (fault, stage) => Trouble(fault, stage, new ResetLink())),
        (Kind("link-half-open", "a link accepts connections, and nothing comes through", Wire, Topology.BusyLinks, 5, 25),
            (fault, stage) => Trouble(fault, stage, new HalfOpenLink())),
        (Kind("link-cut-up", "nothing comes through from the instance to whom it calls, until it does", Wire, Topology.BusyLinks, 5, 25),
            (fault, stage) => Trouble(fault, stage, new OneWayLink(LinkDirection.Up))),
        (Kind("link-cut-down", "nothing comes through to the instance from whom it calls, until it does", Wire, Topology.BusyLinks, 5, 25),
            (fault, stage) => Trouble(fault, stage, new OneWayLink(LinkDirection.Down))),
        (Kind("link-drop-after-ack", "the server acts, but its acknowledgement is lost", Wire, Topology.BusyLinks, 5, 25) with
            {
                Parameters = random => Of(Share, 5 * (1 + random.Next(6))),
            },
            (fault, stage) => Trouble(fault, stage, new LostAnswers(Number(fault, Share) / 100.0, Draw(fault, stage)))),
    ];

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<FaultKind> Kinds { get; } = [.. Entries.Select(entry => entry.Kind)];

    /// <summary>Kinds by their names.</summary>
    public static FaultKind Kind(string name) => Kinds.Single(kind => kind.Name == name);

    /// <summary>The servers whose disk gets full in a schedule.</summary>
    public static IEnumerable<string> FullDisks(IEnumerable<PlannedFault> schedule) =>
        schedule.Where(fault => fault.Kind.StartsWith(DiskFull, StringComparison.Ordinal)).Select(fault => fault.Target);

    /// <summary>Makes a fault of a schedule.</summary>
    public static IFault Create(PlannedFault fault, FaultStage stage) =>
        Entries.Single(entry => entry.Kind.Name == fault.Kind).Create(fault, stage);

    private static FaultKind Kind(
        string name, string what, string claims, IReadOnlyList<string> targets, int shortestSeconds, int longestSeconds) =>
        new(name, what, claims, targets, TimeSpan.FromSeconds(shortestSeconds), TimeSpan.FromSeconds(longestSeconds));

    private static TroubledLink Trouble(PlannedFault fault, FaultStage stage, LinkTrouble trouble) =>
        new(stage.System.Link(fault.Target), trouble);

    private static SlowLink Slow(TimeSpan latency, Random random) => new(latency, latency / 2, random);

    private static Random Draw(PlannedFault fault, FaultStage stage) => new(unchecked((stage.Seed * 397) ^ fault.Number));

    private static Dictionary<string, string> Of(string name, int value) =>
        new(StringComparer.Ordinal) { [name] = value.ToString(CultureInfo.InvariantCulture) };

    private static int Number(PlannedFault fault, string name) => int.Parse(fault.Parameters[name], CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> TopicsOf(string group) =>
        Subscription.All.Single(subscription => subscription.Group == group).Topics;

    private static IEnumerable<string> ProcessesOf(string service) =>
        Topology.InstancesOf(service).Select(instance => $"{Process} {instance}");

    // The resource's process is the shell around the server.
    private static bool QuitPostmaster(int shell) =>
        ProcessSignal.Children(shell) is [var postmaster, ..] && ProcessSignal.QuitAtOnce(postmaster);
}
