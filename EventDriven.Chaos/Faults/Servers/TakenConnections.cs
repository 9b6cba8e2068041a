using System.Collections.Concurrent;
using EventDriven.Chaos.Running;
using Npgsql;

namespace EventDriven.Chaos.Faults.Servers;

/// <summary>Takes every connection that PostgreSQL has, after ending those of the services.</summary>
internal sealed class TakenConnections(RunningSystem system) : BackgroundFault
{
    // A connection takes some time, in which others would take those that are free.
    private const int AtOnce = 16;

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentBag<NpgsqlConnection> _taken = [];
    private int _refused;
    private int _ended;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var any = new NpgsqlConnectionStringBuilder(await system.ConnectionStringAsync("checkoutdb", cancellationToken))
        {
            ApplicationName = RunningSystem.ApplicationName,
            Pooling = false,
            Timeout = 3,
        };
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => TakeAsync(any.ConnectionString, cancellationToken)));
    }

    protected override async Task<FaultEffect> ClearAsync(CancellationToken cancellationToken)
    {
        foreach (var connection in _taken)
        {
            await connection.DisposeAsync();
        }

        return new FaultEffect(
            _refused > 0 && _ended > 0,
            $"{_taken.Count} connections were taken, {_ended} sessions of services ended, {_refused} further ones were refused");
    }

    private async Task TakeAsync(string connectionString, CancellationToken cancellationToken)
    {
        while (true)
        {
            var connection = new NpgsqlConnection(connectionString);
            try
            {
                await connection.OpenAsync(cancellationToken);
                _taken.Add(connection);
                continue;
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await connection.DisposeAsync();
                if (Interlocked.Increment(ref _refused) == 1)
                {
                    // Those of the services, too.
                    _ended = await ServiceSessions.TerminateAsync(system, cancellationToken);
                    continue;
                }
            }
            catch (NpgsqlException)
            {
                // The server is down for another reason.
                await connection.DisposeAsync();
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }

            await Task.Delay(Again, TimeProvider.System, cancellationToken);
        }
    }
}
