using Npgsql;

namespace EventDriven.Messaging.Storage.Groups;

/// <summary>A consumer group as an operator finds it in a service's database.</summary>
/// <param name="Name">Kafka's group id.</param>
/// <param name="Cluster">The log that it reads: the cluster's id, or <see cref="MessagingOptions.Cluster"/>.</param>
/// <param name="Topics">Topics that it reads.</param>
/// <param name="EventTypes">The types that it handles, and since when; older events of a type were passed over.</param>
/// <param name="OffsetsInDatabase">Whether its offsets are in its database, and Kafka's don't count.</param>
/// <param name="InboxRetention">How long its inbox remembers an event.</param>
public sealed record RegisteredGroup(
    string Name,
    string Cluster,
    IReadOnlyList<string> Topics,
    IReadOnlyDictionary<string, DateTimeOffset> EventTypes,
    bool OffsetsInDatabase,
    TimeSpan InboxRetention)
{
    /// <summary>Those of its topics that it reads as hearsay: nothing on them is missed.</summary>
    public IReadOnlyList<string> HearsayTopics { get; init; } = [];

    /// <summary>The groups of one service's database, by name.</summary>
    internal static async Task<IReadOnlyList<RegisteredGroup>> ListAsync(NpgsqlConnection database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT "group", cluster, topics, offsets_in_database, inbox_retention_days, array_agg(event_type), array_agg(since),
                hearsay_topics
            FROM messaging.consumer_groups JOIN messaging.consumer_bindings USING ("group")
            GROUP BY consumer_groups."group" ORDER BY "group"
            """,
            database);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var groups = new List<RegisteredGroup>();
        while (await reader.ReadAsync(cancellationToken))
        {
            groups.Add(Read(reader));
        }

        return groups;
    }

    private static RegisteredGroup Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetFieldValue<string[]>(2),
        row.GetFieldValue<string[]>(5)
            .Zip(row.GetFieldValue<DateTimeOffset[]>(6))
            .ToDictionary(type => type.First, type => type.Second, StringComparer.Ordinal),
        row.GetBoolean(3),
        TimeSpan.FromDays(row.GetInt32(4)))
    {
        HearsayTopics = row.GetFieldValue<string[]>(7),
    };
}
