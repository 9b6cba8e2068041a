using EventDriven.LocalHost;
using EventDriven.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(Servers))]

namespace EventDriven.Tests;

/// <summary>PostgreSQL, Redis and Kafka, empty, for the tests of one run. Tests share them, and keep apart by their own databases, topics and keys.</summary>
public sealed class Servers : IAsyncLifetime
{
    private LocalApplication? application;

    /// <summary>Connection string of Redis.</summary>
    public string Redis => Application.ConnectionString("redis");

    /// <summary>Bootstrap servers of Kafka.</summary>
    public string Kafka => Application.ConnectionString("kafka");

    /// <summary>File with what PostgreSQL logs.</summary>
    public string PostgresLog => Path.Combine(Application.DataDirectory, "logs", "postgres.log");

    /// <summary>Why a test that needs Kafka's log on disk is skipped; null when there is one.</summary>
    public string? NoKafkaLogOnDisk =>
        Application.KafkaIsBuiltIn ? "The built-in cluster keeps its log in memory: set KAFKA_HOME." : null;

    private LocalApplication Application => application ?? throw new InvalidOperationException("The servers have not been started.");

    /// <summary>Connection string of a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken) =>
        new NpgsqlConnectionStringBuilder(await Application.CreateDatabaseAsync(Unique("test"), cancellationToken))
        {
            // Each database has a pool of its own, and each test one of these: together they would hold more connections than the server has.
            ConnectionIdleLifetime = 5,
            ConnectionPruningInterval = 1,
        }.ConnectionString;

    /// <summary>Name of a new topic.</summary>
    public async Task<string> CreateTopicAsync(int partitions, CancellationToken cancellationToken)
    {
        var name = NewTopicName();
        await CreateTopicAsync(name, partitions, cancellationToken);
        return name;
    }

    /// <summary>A name that no topic has yet.</summary>
    public static string NewTopicName() => Unique("test") + ".v1";

    public Task CreateTopicAsync(string name, int partitions, CancellationToken cancellationToken) =>
        Application.CreateTopicAsync(name, partitions, cancellationToken);

    public async ValueTask InitializeAsync() =>
        application = await LocalApplication.StartAsync(
            new LocalApplicationOptions { Ephemeral = true, Services = [] }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
        {
            await application.DisposeAsync();
        }
    }

    private static string Unique(string prefix) => $"{prefix}{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
}
