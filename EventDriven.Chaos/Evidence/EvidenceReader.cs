using Confluent.Kafka;
using EventDriven.Chaos.Evidence.Checkout;
using EventDriven.Chaos.Evidence.Groups;
using EventDriven.Chaos.Evidence.Inventory;
using EventDriven.Chaos.Evidence.Logs;
using EventDriven.Chaos.Evidence.Notifications;
using EventDriven.Chaos.Evidence.ReadModels;
using EventDriven.Contracts;
using EventDriven.Messaging.Operations.Databases;
using EventDriven.Messaging.Operations.Logs;
using Npgsql;

namespace EventDriven.Chaos.Evidence;

/// <summary>
/// Reads all that a system has stored. What is read is consistent only while nothing changes: the outboxes are empty, the groups have no
/// lag and nobody sends requests.
/// </summary>
internal static class EvidenceReader
{
    private const string Kafka = "kafka";
    private const string Checkout = "checkoutdb";
    private const string Inventory = "inventorydb";
    private const string Notifications = "notificationsdb";
    private const string Analytics = "analyticsdb";
    private const string Recommendations = "recommendationsdb";

    /// <summary>Names of the databases' connection strings.</summary>
    public static IReadOnlyList<string> Databases { get; } = [Checkout, Inventory, Notifications, Analytics, Recommendations];

    /// <summary>The connection strings of Kafka and of <see cref="Databases"/>, by name.</summary>
    /// <param name="find">Finds one by its name.</param>
    public static async Task<IReadOnlyDictionary<string, string>> ConnectionStringsAsync(Func<string, Task<string>> find)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Databases.Append(Kafka))
        {
            found.Add(name, await find(name));
        }

        return found;
    }

    /// <summary>Available quantities by SKU, to be read before a history begins.</summary>
    /// <exception cref="NpgsqlException">The database can't be reached, or refuses.</exception>
    public static async Task<IReadOnlyDictionary<string, int>> ReadStockAsync(
        string inventoryDatabase, CancellationToken cancellationToken)
    {
        await using var database = new NpgsqlConnection(inventoryDatabase);
        await database.OpenAsync(cancellationToken);
        return (await InventoryReader.ReadStockAsync(database, cancellationToken))
            .ToDictionary(item => item.Sku, item => item.Available, StringComparer.Ordinal);
    }

    /// <summary>Reads everything.</summary>
    /// <exception cref="InvalidOperationException">A connection string is missing, or a database does not answer.</exception>
    /// <exception cref="KafkaException">The broker can't be reached, or refuses.</exception>
    /// <exception cref="NpgsqlException">A database refuses.</exception>
    /// <exception cref="IOException">A mail can't be read.</exception>
    public static async Task<SystemEvidence> ReadAsync(EvidenceSources sources, CancellationToken cancellationToken)
    {
        using var kafka = new KafkaCluster(Find(sources, Kafka));
        await using var databases = await ServiceDatabases.OpenAsync(
            Databases.Select(name => new ServiceDatabase(name, Find(sources, name))), cancellationToken);
        if (databases.Unreachable is [var away, ..])
        {
            throw new InvalidOperationException($"Database '{away.Name}' does not answer, so nothing can be checked: {away.Error}");
        }

        var open = databases.Open.ToDictionary(database => database.Name, database => database.Connection, StringComparer.Ordinal);
        var (outbox, groups) = (new List<WaitingEvent>(), new List<GroupEvidence>());
        foreach (var database in databases.Open)
        {
            outbox.AddRange(await GroupReader.ReadOutboxAsync(database, cancellationToken));
            groups.AddRange(await GroupReader.ReadAsync(kafka, database, cancellationToken));
        }

        var topics = groups.SelectMany(group => group.Topics.Concat(group.Hearsay))
            .Concat(Topics.All.Select(topic => topic.Name)).ToHashSet(StringComparer.Ordinal);
        return new SystemEvidence(
            await LogEvidence.ReadAsync(kafka, topics, TimeProvider.System, cancellationToken),
            await CheckoutReader.ReadAsync(open[Checkout], cancellationToken),
            await InventoryReader.ReadAsync(open[Inventory], sources.InitialStock, cancellationToken),
            await NotificationsReader.ReadAsync(open[Notifications], sources.MailFolder, cancellationToken),
            await ReadModelReader.ReadAsync(open[Analytics], open[Recommendations], cancellationToken),
            outbox,
            groups);
    }

    private static string Find(EvidenceSources sources, string name) => sources.ConnectionStrings.GetValueOrDefault(name)
        ?? throw new InvalidOperationException($"There is no connection string '{name}' to read evidence from.");
}
