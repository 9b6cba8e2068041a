using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventDriven.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(Servers))]

namespace EventDriven.Tests;

/// <summary>
/// PostgreSQL, Redis and Kafka, empty, for the tests of one run. Tests share them, and keep apart by their own databases, topics and keys.
/// </summary>
public sealed class Servers : IAsyncLifetime
{
    private static readonly TimeSpan TopicTimeout = TimeSpan.FromSeconds(30);

    private RunningServers? _running;
    private string? _postgres;

    /// <summary>Connection string of Redis, of the services' user.</summary>
    public string Redis { get; private set; } = "";

    /// <summary>Connection string of Redis, of its administrator.</summary>
    public string RedisAdministrator { get; private set; } = "";

    /// <summary>Connection string of PostgreSQL's superuser, without a database.</summary>
    public string Postgres => _postgres ?? throw new InvalidOperationException("The servers have not been started.");

    /// <summary>Bootstrap servers of Kafka.</summary>
    public string Kafka { get; private set; } = "";

    /// <summary>Why a test that needs Kafka's log on disk is skipped; null when there is one.</summary>
    public string? NoKafkaLogOnDisk => Running.Emulator is null ? null : "The emulator keeps its log in memory: set KAFKA_HOME.";

    private RunningServers Running => _running ?? throw new InvalidOperationException("The servers have not been started.");

    /// <summary>What PostgreSQL has logged.</summary>
    public Task<string> PostgresLogAsync() => LogFile.ReadAsync(Running.Data, "postgres");

    /// <summary>Connection string of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var name = Unique("test");
        await using var connection = new NpgsqlConnection($"{_postgres};Database=postgres;Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
        await create.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(_postgres)
        {
            Database = name,
            // Each database has a pool of its own, and each test one of these: together they would hold more connections than the server
            // has.
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 1,
        }.ConnectionString;
    }

    /// <summary>Name of a new topic.</summary>
    public async Task<string> CreateTopicAsync(int partitions, CancellationToken cancellationToken)
    {
        var name = NewTopicName();
        await CreateTopicAsync(name, partitions, cancellationToken);
        return name;
    }

    /// <summary>Changes a setting of a topic.</summary>
    public async Task ConfigureTopicAsync(string topic, string setting, string value, CancellationToken cancellationToken)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Kafka }).Build();
        await admin.IncrementalAlterConfigsAsync(new Dictionary<ConfigResource, List<ConfigEntry>>
        {
            [new ConfigResource { Type = ResourceType.Topic, Name = topic }] =
                [new ConfigEntry { Name = setting, Value = value, IncrementalOperation = AlterConfigOpType.Set }],
        }).WaitAsync(TopicTimeout, cancellationToken);
    }

    /// <summary>A name that no topic has yet.</summary>
    public static string NewTopicName() => Unique("test") + ".v1";

    /// <summary>Creates the topic and returns when the broker lists all its partitions.</summary>
    public Task CreateTopicAsync(string name, int partitions, CancellationToken cancellationToken) =>
        NewTopic.CreateAsync(Running.Emulator, Kafka, name, partitions, cancellationToken);

    public async ValueTask InitializeAsync()
    {
        if (Program.RunsUnitTestsOnly)
        {
            return;
        }

        var cancellationToken = TestContext.Current.CancellationToken;
        _running = await RunningServers.StartAsync(cancellationToken);
        _postgres = await _running.ConnectionStringAsync("postgres", cancellationToken);
        Redis = await _running.ConnectionStringAsync("redis", cancellationToken);
        RedisAdministrator = await _running.RedisAdministratorAsync(cancellationToken);
        Kafka = await _running.ConnectionStringAsync("kafka", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }
    }

    private static string Unique(string prefix) => $"{prefix}{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
}
