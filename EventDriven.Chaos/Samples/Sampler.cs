using System.Collections.Concurrent;
using System.Globalization;
using EventDriven.Chaos.Applications;
using EventDriven.Chaos.Running;
using EventDriven.Chaos.Schedules;
using EventDriven.Messaging.Operations.Databases;
using Npgsql;

namespace EventDriven.Chaos.Samples;

/// <summary>
/// Notes each minute what the services take: memory, handles and threads of each process, connections of each role, and the tables of all
/// databases. What can't be asked at that moment, because of a fault, is left out.
/// </summary>
/// <param name="system">The application.</param>
/// <param name="operations">Counts orders.</param>
/// <param name="time">The clock.</param>
internal sealed class Sampler(RunningSystem system, OperationLog operations, TimeProvider time)
{
    private const double Mebi = 1024 * 1024;
    private const int CommandSeconds = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Tables that keep facts, or that they were handled: in whatever schema, each order adds to them.</summary>
    private static readonly HashSet<string> Records = new(StringComparer.Ordinal)
    {
        "orders", "order_history", "ordered_items", "payments", "refunds", "customers", "customer_keys", "sign_ups", "contacts", "messages",
        "reservations", "idempotency_keys", "receipts", "inbox", "dead_letters", "basket_items",
    };

    private readonly ConcurrentQueue<Sample> _samples = [];
    private readonly DateTimeOffset _began = time.GetUtcNow();

    /// <summary>What was noted so far.</summary>
    public IReadOnlyList<Sample> Samples => [.. _samples];

    /// <summary>Samples now and each minute, until it is told to end.</summary>
    public async Task RunAsync(CancellationToken ending)
    {
        using var tick = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await SampleAsync(ending);
            }
            while (await tick.WaitForNextTickAsync(ending));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // It is over.
        }
    }

    /// <summary>Samples now.</summary>
    public async Task SampleAsync(CancellationToken cancellationToken)
    {
        foreach (var instance in Topology.Instances)
        {
            if (system.Processes.Pid(instance) is { } pid)
            {
                Process(instance, pid);
            }
        }

        var administrator = new NpgsqlConnectionStringBuilder(await system.ConnectionStringAsync(Topology.Postgres, cancellationToken))
        {
            Database = "postgres",
        };
        await AskAsync(administrator.ConnectionString, ConnectionsAsync, cancellationToken);
        foreach (var database in await system.DatabasesAsync(cancellationToken))
        {
            await AskAsync(database.ConnectionString, (connection, token) => TablesAsync(database, connection, token), cancellationToken);
        }
    }

    private void Process(string instance, int pid)
    {
        try
        {
            var status = File.ReadLines($"/proc/{pid}/status")
                .Select(line => line.Split([':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length > 1).ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal);
            Add(SampleKind.Memory, instance, Number(status["VmRSS"]) / 1024);
            Add(SampleKind.Threads, instance, Number(status["Threads"]));
            Add(SampleKind.Handles, instance, Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Count());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or KeyNotFoundException)
        {
            // It has just ended.
        }
    }

    private static async Task AskAsync(
        string address, Func<NpgsqlConnection, CancellationToken, Task> askAsync, CancellationToken cancellationToken)
    {
        var own = new NpgsqlConnectionStringBuilder(address)
        {
            ApplicationName = RunningSystem.ApplicationName,
            Pooling = false,
            Timeout = 3,
            CommandTimeout = CommandSeconds,
        };
        try
        {
            await using var connection = new NpgsqlConnection(own.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await askAsync(connection, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            // A fault is under way.
        }
    }

    private async Task ConnectionsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT usename::text, count(*) FROM pg_stat_activity WHERE usename = ANY ($1) AND application_name <> $2 GROUP BY 1",
            connection)
        {
            Parameters = { new() { Value = Topology.Services.ToArray() }, new() { Value = RunningSystem.ApplicationName } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            Add(SampleKind.Connections, reader.GetString(0), reader.GetInt64(1));
        }
    }

    private async Task TablesAsync(ServiceDatabase database, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var tables = new List<(string Schema, string Name, long Bytes)>();
        await using (var command = new NpgsqlCommand(
            """
            SELECT n.nspname::text, c.relname::text, pg_total_relation_size(c.oid)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2
            """,
            connection))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                tables.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
            }
        }

        foreach (var (schema, name, bytes) in tables)
        {
            // Estimates are lost in a crash.
            await using var command = new NpgsqlCommand($"""SELECT count(*) FROM "{schema}"."{name}" """, connection);
            var (of, isRecord) = ($"{database.Name} {schema}.{name}", Records.Contains(name));
            Add(isRecord ? SampleKind.RecordRows : SampleKind.Rows, of, (long)(await command.ExecuteScalarAsync(cancellationToken))!);
            Add(isRecord ? SampleKind.RecordSize : SampleKind.Size, of, bytes / Mebi);
        }
    }

    private void Add(SampleKind kind, string of, double value) =>
        _samples.Enqueue(new Sample(kind, of, time.GetUtcNow() - _began, operations.Orders, value));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
