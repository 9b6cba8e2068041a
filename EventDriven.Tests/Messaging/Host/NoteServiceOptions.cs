using EventDriven.Messaging;
using EventDriven.Tests.Services;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventDriven.Tests.Messaging.Host;

/// <summary>An instance of <see cref="NoteService"/>.</summary>
internal sealed record NoteServiceOptions
{
    public required string Database { get; init; }

    public required string Kafka { get; init; }

    public required string Redis { get; init; }

    /// <summary>Named here for the emulator, which can't say its id.</summary>
    public string? Cluster { get; init; }

    public required string Topic { get; init; }

    /// <summary>A second topic that the group reads; null for none.</summary>
    public string? OtherTopic { get; init; }

    public bool Publishes { get; init; } = true;

    /// <summary>Topic on which it also publishes the next major version; null for none.</summary>
    public string? AlsoPublishesTo { get; init; }

    /// <summary>Whether <see cref="Topic"/> has the next major version, which its handler reads.</summary>
    public bool ReadsNextMajor { get; init; }

    /// <summary>Consumer group; null when the instance doesn't consume.</summary>
    public string? Group { get; init; } = "notes";

    public int WindowPerPartition { get; init; } = 1_000;

    public int MaxParkedKeys { get; init; } = 1_000;

    public double MaxFailureRate { get; init; } = 0.5;

    public int OutboxPollMs { get; init; } = 500;

    public int OutboxBatchSize { get; init; } = 2_000;

    /// <summary>See <see cref="EventDriven.Messaging.MessagingOptions.Receipts.Enabled"/>.</summary>
    public bool Receipts { get; init; }

    /// <summary>Broker of the receipts alone; null for the service's own.</summary>
    public string? ReceiptsKafka { get; init; }

    /// <summary>Whether it keeps leases in Redis.</summary>
    public bool Leases { get; init; } = true;

    public bool OffsetsInDatabase { get; init; }

    /// <summary>Whether the topic is read as hearsay.</summary>
    public bool Hearsay { get; init; }

    /// <summary>Whether the handler takes several events at once.</summary>
    public bool Batches { get; init; }

    /// <summary>The handler's own policy; null for the service's.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>Whether it has the HTTP endpoints and health checks that every service has.</summary>
    public bool ServesHttp { get; init; }

    /// <summary>Further configuration.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Is given what it logs.</summary>
    public LoggedLines? Log { get; init; }

    /// <summary>From which level on it is given what the consumer logs.</summary>
    public LogLevel ConsumerLogLevel { get; init; } = LogLevel.Information;

    public Func<EventContext<Noted>, CancellationToken, Task> Behaviour { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>See <see cref="NoteBehaviour.Announce"/>.</summary>
    public Action<IReadOnlyList<EventContext<Noted>>, IOutbox> Announce { get; init; } = (_, _) => { };

    /// <summary>A connection to the service's database, as an operator's commands have.</summary>
    public async Task<NpgsqlConnection> OpenDatabaseAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>
    /// How often a table of the service's database has been read since it was made. Ends all connections:
    /// each tells at its end what it has counted.
    /// </summary>
    public async Task<long> CountScansAsync(string table, CancellationToken cancellationToken)
    {
        // A pooled connection may be the service's own, which would not have told yet.
        await using var database = new NpgsqlConnection($"{Database};Pooling=false");
        await database.OpenAsync(cancellationToken);
        await using var end = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
            database);
        await end.ExecuteNonQueryAsync(cancellationToken);
        await using var count = new NpgsqlCommand("SELECT seq_scan + idx_scan FROM pg_stat_user_tables WHERE relname = $1", database)
        {
            Parameters = { new() { Value = table } },
        };
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>A new database and a new topic on the shared servers.</summary>
    public static async Task<NoteServiceOptions> CreateAsync(Servers servers, CancellationToken cancellationToken, int partitions = 3)
    {
        var topic = await servers.CreateTopicAsync(partitions, cancellationToken);
        var options = new NoteServiceOptions
        {
            Database = await servers.CreateDatabaseAsync(cancellationToken),
            Kafka = servers.Kafka,
            Redis = servers.Redis,
            Cluster = servers.NoKafkaLogOnDisk is null ? null : "emulator",
            Topic = topic,

            // Groups share the broker and Redis with those of other tests.
            Group = $"group-{topic}",
        };
        await using var database = new TestDatabase(TestDatabaseOptions.For(options.Database));
        await database.CreateAsync(cancellationToken);
        return options;
    }
}
