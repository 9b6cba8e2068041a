using System.Runtime.CompilerServices;
using EventDriven.ControlRoom.Live;
using Npgsql;

namespace EventDriven.ControlRoom.DeadLetters;

/// <summary>The list as HTML, each time the dead letters have changed, and every 5 s for the ages in it.</summary>
internal sealed class DeadLetterStream(
    LiveFeed<DeadLetterOverview> feed, DeadLetterReader reader, FragmentRenderer renderer, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public async IAsyncEnumerable<string> WatchAsync(
        DeadLetterChoice choice, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DeadLetterOverview? shown = null;
        var at = time.GetTimestamp();
        await foreach (var overview in feed.WatchAsync(cancellationToken))
        {
            if (shown is not null && shown.IsAs(overview) && time.GetElapsedTime(at) < Longest)
            {
                continue;
            }

            if (await HtmlAsync(choice, overview, cancellationToken) is { } html)
            {
                (shown, at) = (overview, time.GetTimestamp());
                yield return html;
            }
        }
    }

    // Null while a database has just gone; the next overview names it.
    private async Task<string?> HtmlAsync(DeadLetterChoice choice, DeadLetterOverview overview, CancellationToken cancellationToken)
    {
        try
        {
            var list = await reader.ListAsync(choice, overview, cancellationToken);
            return await renderer.RenderAsync<DeadLetterListView>(
                new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(DeadLetterListView.List)] = list });
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            return null;
        }
    }
}
