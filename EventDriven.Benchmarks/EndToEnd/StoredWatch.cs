using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace EventDriven.Benchmarks.EndToEnd;

/// <summary>
/// Notes when something about an order is stored, by asking the service's database again and again which of the orders that wait are there.
/// A column's own time would be earlier: it is taken before the commit, and nobody can see the row before that. What is measured here is
/// too long instead, by the interval at most.
/// </summary>
internal sealed class StoredWatch(string database, string query, TimeSpan interval)
{
    private readonly ConcurrentDictionary<Guid, int> _waiting = new();
    private readonly ConcurrentDictionary<int, long> _seen = new();

    /// <summary>When it was seen, by the order's number; a timestamp of <see cref="Stopwatch"/>.</summary>
    public IReadOnlyDictionary<int, long> Seen => _seen;

    /// <summary>Whether nothing is waited for.</summary>
    public bool IsDone => _waiting.IsEmpty;

    /// <summary>Waits for an order from now on.</summary>
    public void Expect(Guid orderId, int number) => _waiting[orderId] = number;

    /// <summary>Looks until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);

        // The plan is kept from when the tables were empty; a scan that was cheap then would take the time of what is measured.
        await using (var index = new NpgsqlCommand("SET enable_seqscan = off", connection))
        {
            await index.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(query, connection);
        var ids = command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [] });
        await command.PrepareAsync(cancellationToken);
        using var timer = new PeriodicTimer(interval);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (!_waiting.IsEmpty)
            {
                ids.Value = _waiting.Keys.ToArray();
                await LookAsync(command, cancellationToken);
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task LookAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var now = Stopwatch.GetTimestamp();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (_waiting.TryRemove(reader.GetGuid(0), out var number))
            {
                _seen[number] = now;
            }
        }
    }
}
