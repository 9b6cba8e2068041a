using System.Diagnostics;
using EventDriven.Benchmarks.EndToEnd;
using EventDriven.Benchmarks.Harness;
using Npgsql;
using Spectre.Console;

namespace EventDriven.Benchmarks.ControlRoom;

/// <summary>Opens each page again and again, one after the other, as one operator does.</summary>
internal sealed class Pages(RunningApplication application, HttpClient http)
{
    private const int Orders = 100;
    private static readonly TimeSpan CountBound = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CountInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Prints what each page takes.</summary>
    /// <returns>The 95th percentile of the slowest page, in milliseconds.</returns>
    /// <exception cref="HttpRequestException">A page was not there.</exception>
    public async Task<double> MeasureAsync(int warmUp, int requests, CancellationToken cancellationToken)
    {
        var orders = await IdsAsync<Guid>("checkoutdb", $"SELECT id FROM orders ORDER BY id LIMIT {Orders}", cancellationToken);
        var deadLetters = await IdsAsync<long>(
            "inventorydb", $"SELECT id FROM messaging.dead_letters WHERE reason = 'failed' ORDER BY id LIMIT {Orders}", cancellationToken);
        await CountedAsync(cancellationToken);
        (string Name, Func<int, string> Address)[] pages =
        [
            ("flow", _ => "/"),
            ("dead letters", _ => "/dead-letters"),
            ("dead letters of a group", _ => "/dead-letters?group=inventory"),
            ("dead letters by reason", _ => "/dead-letters?group=inventory&reason=unreadable"),
            ("dead letters by key", i => $"/dead-letters?group=inventory&key=order-{i}"),
            ("a dead letter", i => $"/dead-letters/inventory/{deadLetters[i % deadLetters.Count]}"),
            ("orders", _ => "/journeys"),
            ("an order's journey", i => $"/journeys?order={orders[i % orders.Count]}"),
            ("replay", _ => "/replay"),
            ("figures", _ => "/figures"),
            ("live tail", _ => "/tail?topic=orders.v1"),
            ("try it", _ => "/try"),
        ];
        var table = new Table { Title = new TableTitle($"{Watchers.Service}: pages, ms") };
        table.AddColumns("page", "p50", "p95", "max", "KiB");
        var slowest = 0.0;
        foreach (var (name, address) in pages)
        {
            for (var i = 0; i < warmUp; i++)
            {
                await http.GetByteArrayAsync(address(i), cancellationToken);
            }

            var (times, bytes) = (new double[requests], 0);
            for (var i = 0; i < requests; i++)
            {
                var begun = Stopwatch.GetTimestamp();
                bytes = (await http.GetByteArrayAsync(address(i), cancellationToken)).Length;
                times[i] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            }

            var latencies = new Latencies(times);
            table.AddRow(name, $"{latencies.P50:N1}", $"{latencies.P95:N1}", $"{latencies.Max:N1}", $"{bytes / 1024.0:N0}");
            slowest = Math.Max(slowest, latencies.P95);
        }

        AnsiConsole.Write(table);
        return slowest;
    }

    // What was counted before the dead letters came is shown for some seconds, and a page without them costs little.
    private async Task CountedAsync(CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(CountBound);
        while (!(await http.GetStringAsync("/dead-letters?group=inventory", bounded.Token)).Contains("order-", StringComparison.Ordinal))
        {
            await Task.Delay(CountInterval, TimeProvider.System, bounded.Token);
        }
    }

    private async Task<IReadOnlyList<T>> IdsAsync<T>(string database, string query, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(application.ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(await reader.GetFieldValueAsync<T>(0, cancellationToken));
        }

        return ids;
    }
}
