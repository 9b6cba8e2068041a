using System.Net.Sockets;
using Npgsql;

namespace EventDriven.Messaging.Operations.Groups;

/// <summary>
/// A pause of a group that is renewed until this is disposed of. When its holder dies, the group goes on within <see cref="Duration"/>.
/// A holder that can't renew it for so long has to find out itself that the group has gone on.
/// </summary>
internal sealed class PauseLease : IAsyncDisposable
{
    /// <summary>How long the pause lasts after it was renewed.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(5);

    // A server that has ended the session is back within seconds, or away for long.
    private static readonly TimeSpan ReconnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReconnectInterval = TimeSpan.FromSeconds(1);

    private readonly NpgsqlConnection _database;
    private readonly string _group;
    private readonly string _by;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _renewal;

    private PauseLease(NpgsqlConnection database, string group, string by, TimeProvider time)
    {
        (_database, _group, _by, _time) = (database, group, by, time);
        _renewal = RenewAsync(_ending.Token);
    }

    /// <summary>Asks every instance of a group to leave it.</summary>
    /// <param name="database">The connection that has the claim of the group's positions. Others like it renew the pause.</param>
    /// <param name="group">The group.</param>
    /// <param name="by">Who asks; services log it.</param>
    /// <param name="time">The clock of the renewal.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    public static async Task<PauseLease> BeginAsync(
        NpgsqlConnection database, string group, string by, TimeProvider time, CancellationToken cancellationToken)
    {
        await new GroupAdmin(database).PauseAsync(group, Duration, by, cancellationToken);
        return new PauseLease(database, group, by, time);
    }

    /// <summary>Ends the pause, over another connection if this one was lost meanwhile.</summary>
    /// <exception cref="NpgsqlException">The database has not answered for 15 s. The pause ends by itself.</exception>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _renewal;
        _ending.Dispose();
        try
        {
            await new GroupAdmin(_database).ResumeAsync(_group, CancellationToken.None);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            await ResumeOverAnotherAsync();
        }
    }

    // Whoever uses a connection that was lost before is told that it is not open. A name that is not found is no NpgsqlException.
    private static bool IsLost(Exception exception) =>
        exception is NpgsqlException or SocketException or TimeoutException or InvalidOperationException;

    // Over connections of its own: the holder uses its one.
    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewInterval, _time, cancellationToken);
                await RenewOnceAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is over.
        }
    }

    private async Task RenewOnceAsync(CancellationToken cancellationToken)
    {
        // A database that does not answer must not take the time of the next attempt.
        using var attempt = new CancellationTokenSource(RenewInterval, _time);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, attempt.Token);
        try
        {
            await using var other = await OpenAnotherAsync(bound.Token);
            await new GroupAdmin(other).PauseAsync(_group, Duration, _by, bound.Token);
        }
        catch (Exception exception) when (IsLost(exception)
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The next time, or the pause ends.
        }
    }

    private async Task ResumeOverAnotherAsync()
    {
        var lost = _time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var other = await OpenAnotherAsync(CancellationToken.None);
                var groups = new GroupAdmin(other);

                // The claim went with the connection. The pause may be that of whoever has it now.
                if (await groups.TryClaimAsync(CancellationToken.None))
                {
                    await groups.ResumeAsync(_group, CancellationToken.None);
                    await groups.ReleaseClaimAsync(CancellationToken.None);
                }

                return;
            }
            catch (Exception exception) when (IsLost(exception) && _time.GetElapsedTime(lost) < ReconnectTimeout)
            {
                await Task.Delay(ReconnectInterval, _time, CancellationToken.None);
            }
        }
    }

    private async Task<NpgsqlConnection> OpenAnotherAsync(CancellationToken cancellationToken)
    {
        var other = (NpgsqlConnection)((ICloneable)_database).Clone();
        try
        {
            await other.OpenAsync(cancellationToken);
            return other;
        }
        catch
        {
            await other.DisposeAsync();
            throw;
        }
    }
}
