using EventDriven.Chaos.Running;
using Npgsql;

namespace EventDriven.Chaos.Faults;

/// <summary>Takes every connection that PostgreSQL has, after ending those of the services.</summary>
internal sealed class TakenConnections(RunningSystem system) : BackgroundFault
{
    public const string ApplicationName = "chaos";

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    private readonly List<NpgsqlConnection> _taken = [];
    private int _refused;
    private int _ended;

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var any = new NpgsqlConnectionStringBuilder(await system.ConnectionStringAsync("checkoutdb", cancellationToken))
        {
            ApplicationName = ApplicationName, Pooling = false, Timeout = 3,
        };
        while (true)
        {
            if (await TakeAsync(any.ConnectionString, cancellationToken))
            {
                continue;
            }

            if (_refused == 1)
            {
                _ended = await ServiceSessions.TerminateAsync(system, cancellationToken);
                continue;
            }

            await Task.Delay(Again, TimeProvider.System, cancellationToken);
        }
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

    private async Task<bool> TakeAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            _taken.Add(connection);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            await connection.DisposeAsync();
            _refused++;
            return false;
        }
        catch (NpgsqlException)
        {
            // The server is down for another reason.
            await connection.DisposeAsync();
            await Task.Delay(Again, TimeProvider.System, cancellationToken);
            return true;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
