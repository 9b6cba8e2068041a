using System.Data.Common;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using EventDriven.Chaos.Links;
using EventDriven.Chaos.Schedules;
using EventDriven.Hosting.Kafka;

namespace EventDriven.Chaos.Running;

/// <summary>
/// The links between instances of services and servers, and services that they call. Each instance gets connection strings and addresses
/// that lead over links of its own.
/// </summary>
internal sealed class ServiceLinks : IAsyncDisposable
{
    private const string ConnectionString = "ConnectionStrings__";

    private readonly Dictionary<string, Link> _links;
    private readonly int _brokers;

    /// <param name="brokers">How many brokers there are: an instance has a link to each.</param>
    public ServiceLinks(int brokers)
    {
        _brokers = brokers;
        _links = Topology.Links.SelectMany(link => Topology.OnEachBroker(link, brokers))
            .ToDictionary(name => name, _ => new Link(), StringComparer.Ordinal);
    }

    public Link this[string name] => _links[name];

    /// <summary>
    /// Gives a broker a listener for each link to it, whose advertised address is the link's. An instance's listeners have one name on
    /// every broker, by which each broker tells it the addresses of the others: clients that bootstrap from its links stay on them.
    /// </summary>
    public void AddListeners(ApacheKafka broker)
    {
        foreach (var instance in Topology.Instances)
        {
            var link = _links[Topology.LinkName(instance, broker.Name)];
            link.Server = new IPEndPoint(IPAddress.Loopback, FreePort.Find());
            broker.Listeners.Add(new KafkaListener(instance.Replace('-', '_').ToUpperInvariant(), link.Server.Port, $"{link.Address}"));
        }
    }

    /// <summary>Replaces the addresses that an instance is given of servers and services by those of its links.</summary>
    public async Task RerouteAsync(string instance, IDictionary<string, object> environment, CancellationToken cancellationToken)
    {
        foreach (var service in Topology.CalledBy(instance))
        {
            var (variable, link) = ($"services__{service}__http__0", _links[Topology.LinkName(instance, service)]);
            environment[variable] = ByHttp((await TextAsync(environment[variable], cancellationToken))!, link);
        }

        foreach (var (variable, value) in environment.ToList())
        {
            if (!variable.StartsWith(ConnectionString, StringComparison.Ordinal))
            {
                continue;
            }

            var name = variable[ConnectionString.Length..];
            var given = (await TextAsync(value, cancellationToken))!;
            environment[variable] = name switch
            {
                Topology.Kafka => ByKafka(instance),
                Topology.Redis => ByRedis(given, _links[Topology.LinkName(instance, Topology.Redis)]),
                _ => ByPostgres(given, _links[Topology.LinkName(instance, Topology.Postgres)]),
            };
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links.Values)
        {
            await link.DisposeAsync();
        }
    }

    private static async ValueTask<string?> TextAsync(object value, CancellationToken cancellationToken) =>
        value is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) : value.ToString();

    private string ByKafka(string instance) => string.Join(
        ',', Topology.OnEachBroker(Topology.LinkName(instance, Topology.Kafka), _brokers).Select(link => $"{_links[link].Address}"));

    private static string ByHttp(string given, Link link)
    {
        link.Server = new IPEndPoint(IPAddress.Loopback, new Uri(given).Port);
        return $"http://{link.Address}";
    }

    private static string ByRedis(string given, Link link)
    {
        var end = given.IndexOf(',', StringComparison.Ordinal);
        link.Server = IPEndPoint.Parse(given[..end]);
        return $"{link.Address}{given[end..]}";
    }

    private static string ByPostgres(string given, Link link)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = given };
        link.Server = IPEndPoint.Parse($"{parts["Host"]}:{parts["Port"]}");
        (parts["Host"], parts["Port"]) = ($"{link.Address.Address}", link.Address.Port);
        return parts.ConnectionString;
    }
}
