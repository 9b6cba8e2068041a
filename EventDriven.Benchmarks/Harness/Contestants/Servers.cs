using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Npgsql;

namespace EventDriven.Benchmarks.Harness.Contestants;

/// <summary>Where a contestant finds the servers.</summary>
/// <param name="Postgres">Connection string of the server, without a database.</param>
/// <param name="Kafka">Bootstrap servers.</param>
/// <param name="Redis">Connection string of Redis.</param>
internal sealed record Servers(string Postgres, string Kafka, string Redis)
{
    private const string Prefix = "BENCHMARK_";

    /// <summary>What the parent process says.</summary>
    public static Servers FromEnvironment() => new(Get("POSTGRES"), Get("KAFKA"), Get("REDIS"));

    /// <summary>What a child process is told.</summary>
    public Dictionary<string, string> ToEnvironment() => new(StringComparer.Ordinal)
    {
        [Prefix + "POSTGRES"] = Postgres,
        [Prefix + "KAFKA"] = Kafka,
        [Prefix + "REDIS"] = Redis,
    };

    /// <summary>Connection string of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        // Those of the run before would be cut off under the pool's hands.
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection($"{Postgres};Database=postgres;Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
        await ExecuteAsync($"CREATE DATABASE \"{name}\"");
        return $"{Postgres};Database={name}";

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Creates a topic that no other run has used, and waits until every client can see it.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateTopicAsync(string name, int partitions, CancellationToken cancellationToken)
    {
        var unique = Unique(name) + ".v1";
        await CreateTopicsAsync([(unique, partitions)]);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Kafka }).Build();
        while (admin.GetMetadata(unique, TimeSpan.FromSeconds(10)).Topics is not [{ Error.IsError: false, Partitions.Count: > 0 }])
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        return unique;
    }

    /// <summary>Creates topics by their names, those that are not there.</summary>
    public async Task CreateTopicsAsync(IReadOnlyList<(string Name, int Partitions)> topics)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Kafka }).Build();
        try
        {
            await admin.CreateTopicsAsync(
                topics.Select(
                    topic => new TopicSpecification { Name = topic.Name, NumPartitions = topic.Partitions, ReplicationFactor = 1 }));
        }
        catch (CreateTopicsException exception) when (exception.Results.TrueForAll(
            result => result.Error.Code is ErrorCode.NoError or ErrorCode.TopicAlreadyExists))
        {
            // Another benchmark needed them too.
        }
    }

    /// <summary>A name, of a consumer group for one, that no other run has used.</summary>
    public static string Unique(string name) => $"{name}-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";

    private static string Get(string name) => Environment.GetEnvironmentVariable(Prefix + name)
        ?? throw new InvalidOperationException($"{Prefix}{name} is not set: contestants are started by ./bench.sh.");
}
