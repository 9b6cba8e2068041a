using System.Buffers.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace EventDriven.Hosting.Kafka;

/// <summary>The brokers of one cluster, and what they share: who they are, and the id of the cluster.</summary>
internal sealed class KafkaBrokers
{
    /// <summary>The setting that says how many there are: 1, or 3 that replicate every partition.</summary>
    public const string Setting = "Brokers";

    private const int Replicated = 3;
    private const string IdEntry = "cluster.id=";

    private readonly Lock _lock = new();
    private readonly List<ApacheKafka> _all = [];
    private string? _id;

    /// <summary>All of them, the first one first.</summary>
    public IReadOnlyList<ApacheKafka> All => _all;

    /// <summary>Host and port of each.</summary>
    public ReferenceExpression Addresses
    {
        get
        {
            var addresses = new ReferenceExpressionBuilder();
            foreach (var broker in _all)
            {
                addresses.AppendLiteral(addresses.IsEmpty ? "" : ",");
                addresses.AppendFormatted(broker.ClientAddress);
            }

            return addresses.Build();
        }
    }

    /// <summary>How many brokers the configuration asks for.</summary>
    /// <exception cref="HostingException">It is no number of brokers that a cluster can have here.</exception>
    public static int Number(IConfiguration configuration) => configuration[Setting] switch
    {
        null or "" or "1" => 1,
        "3" => Replicated,
        var other => throw new HostingException(
            $"{Setting} is {other}. It is the number of Kafka brokers: 1, or 3, of which one may fail while the other two go on."),
    };

    /// <summary>Says that a server which is no Apache Kafka started here is never several brokers.</summary>
    /// <exception cref="HostingException">The configuration asks for several.</exception>
    public static void RefuseSeveral(IConfiguration configuration, string server)
    {
        if (Number(configuration) > 1)
        {
            throw new HostingException(
                $"{Setting}={configuration[Setting]} is for Apache Kafka as processes (Servers=processes, and KAFKA_HOME), and Kafka is "
                + $"{server}. Leave {Setting} out.");
        }
    }

    /// <summary>Adds a broker.</summary>
    /// <returns>Its number, from 1.</returns>
    public int Add(ApacheKafka broker)
    {
        _all.Add(broker);
        return _all.Count;
    }

    /// <summary>Where everybody's controller listens, as soon as that is known.</summary>
    public async Task<IReadOnlyList<KafkaNode>> NodesAsync(CancellationToken cancellationToken)
    {
        var nodes = new List<KafkaNode>();
        foreach (var broker in _all)
        {
            nodes.Add(new KafkaNode(nodes.Count + 1, await broker.ControllerPortAsync(cancellationToken)));
        }

        return nodes;
    }

    /// <summary>The cluster's id, which a formatted folder keeps: Kafka's form of a UUID, in URL-safe Base64.</summary>
    /// <exception cref="HostingException">The folders are those of another number of brokers.</exception>
    public string Id()
    {
        lock (_lock)
        {
            return _id ??= FormattedId() ?? NewId();
        }
    }

    private static string NewId() =>
        Base64Url.EncodeToString(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToByteArray(bigEndian: true));

    private string? FormattedId()
    {
        var formatted = _all.FindAll(broker => File.Exists(broker.MetaFile));
        if (formatted.Count == 0)
        {
            return null;
        }

        // Whoever has voted knows the others, and a new one knows nothing: together they could elect it.
        if (formatted.Count < _all.Count)
        {
            throw new HostingException(
                $"{formatted[0].MetaFile} is of a cluster of {formatted.Count} broker(s), and {Setting} is {_all.Count}. "
                + $"Set {Setting} to {formatted.Count}, or give another folder for the data (Data=DIR).");
        }

        return File.ReadLines(formatted[0].MetaFile).FirstOrDefault(line => line.StartsWith(IdEntry, StringComparison.Ordinal))
            ?[IdEntry.Length..]
            ?? throw new HostingException($"{formatted[0].MetaFile} has no cluster.id. Delete its folder, and the log with it.");
    }
}
