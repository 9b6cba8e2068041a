namespace EventDriven.Chaos.Schedules;

/// <summary>
/// What the application consists of, by the names of its resources: the same in every run, so that a seed gives one schedule.
/// </summary>
internal static class Topology
{
    public const int Replicas = 2;

    /// <summary>The first broker, and the cluster.</summary>
    public const string Kafka = "kafka";

    /// <summary>Brokers at most.</summary>
    public const int MostBrokers = 3;

    public const string Postgres = "postgres";
    public const string Redis = "redis";

    public static readonly IReadOnlyList<string> Services = ["checkout", "inventory", "notifications", "analytics", "recommendations"];

    public static readonly IReadOnlyList<string> Servers = [Kafka, Postgres, Redis];

    /// <summary>Every instance of a service: <c>checkout</c>, <c>checkout-2</c> and so on.</summary>
    public static readonly IReadOnlyList<string> Instances = [.. Services.SelectMany(InstancesOf)];

    /// <summary>Who calls whom by HTTP. Callers know the first instance of a service.</summary>
    public static readonly IReadOnlyList<(string Caller, string Called)> Calls = [("checkout", "inventory"), ("notifications", "checkout")];

    /// <summary>Every link between an instance and a server, or a service that it calls.</summary>
    public static readonly IReadOnlyList<string> Links =
        [.. Instances.SelectMany(instance => Servers.Concat(CalledBy(instance)), (instance, server) => LinkName(instance, server))];

    /// <summary>
    /// Those on which something is sent all the time. Services ask Redis seldom, but for Checkout: trouble that cuts nothing would go
    /// unnoticed there.
    /// </summary>
    public static readonly IReadOnlyList<string> BusyLinks =
        [.. Links.Where(
            link => !link.EndsWith($"/{Redis}", StringComparison.Ordinal) || link.StartsWith("checkout", StringComparison.Ordinal))];

    public static IEnumerable<string> InstancesOf(string service) =>
        Enumerable.Range(1, Replicas).Select(number => number == 1 ? service : $"{service}-{number}");

    /// <summary>The services that an instance calls by HTTP.</summary>
    public static IEnumerable<string> CalledBy(string instance) =>
        Calls.Where(call => InstancesOf(call.Caller).Contains(instance)).Select(call => call.Called);

    /// <summary>
    /// What a target stands for where there are several brokers: the broker for each of them, a link to the broker for a link to each,
    /// everything else for itself.
    /// </summary>
    public static IEnumerable<string> OnEachBroker(string target, int brokers) =>
        target == Kafka || target.EndsWith($"/{Kafka}", StringComparison.Ordinal)
        ? Enumerable.Range(1, brokers).Select(number => number == 1 ? target : $"{target}-{number}")
        : [target];

    public static string LinkName(string instance, string server) => $"{instance}/{server}";
}
