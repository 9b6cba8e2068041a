using System.Runtime.CompilerServices;
using EventDriven.ControlRoom.Live;
using EventDriven.Messaging.Operations.DeadLetters.Progress;
using Npgsql;

namespace EventDriven.ControlRoom.Redrives;

/// <summary>The progress of a change as HTML, each time it is another: read each second while it goes on, and seldom later.</summary>
internal sealed class RedriveFragments(RedriveReader reader, FragmentRenderer renderer, IHostApplicationLifetime host, TimeProvider time)
{
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    public async IAsyncEnumerable<string> WatchAsync(Guid change, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        IReadOnlyList<RedriveProgress>? shown = null;
        while (!bounded.IsCancellationRequested)
        {
            if (await ReadAsync(change, bounded.Token) is { } found && (shown is null || !shown.SequenceEqual(found)))
            {
                shown = found;
                yield return await renderer.RenderAsync<RedriveProgressView>(
                    new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(RedriveProgressView.Redrives)] = found });
            }

            await Task.Delay(shown?.Any(redrive => redrive.Pending > 0) ?? true ? UnderWay : Settled, time, bounded.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Null while a database has just gone; what is shown stays.
    private async Task<IReadOnlyList<RedriveProgress>?> ReadAsync(Guid change, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.FindAsync(change, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            return null;
        }
    }
}
