using System.Runtime.CompilerServices;
using Confluent.Kafka;
using EventDriven.ControlRoom.Live;
using EventDriven.Messaging.Operations.Logs;

namespace EventDriven.ControlRoom.Tail;

/// <summary>The newest events of a topic that a filter lets through: those that are there, and then those that come.</summary>
internal sealed class TailReader(LogBrowser log, TopicTails tails, FragmentRenderer renderer)
{
    // A key or a text may be rare.
    private const int MaxSearched = 20_000;

    /// <summary>Those that are there.</summary>
    public async Task<TailContent> ReadAsync(TailFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            var found = await log.FindLatestAsync(
                [filter.Topic],
                filter.Matches,
                TailContent.MaxShown,
                filter.IsOpen ? TailContent.MaxShown * 10 : MaxSearched,
                cancellationToken);
            return new TailContent(found.Events, found.Read, found.Since);
        }
        catch (KafkaException exception)
        {
            return new TailContent([], 0, Since: null, Problem: $"Kafka does not answer: {exception.Error.Reason}");
        }
    }

    /// <summary>Those that are there and come, as HTML each time the topic was read.</summary>
    public async IAsyncEnumerable<string> WatchAsync(TailFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TailContent? content = null;
        await foreach (var snapshot in tails.Of(filter.Topic).Feed.WatchAsync(cancellationToken))
        {
            // What was there is looked up when the topic is followed already, so that nothing comes between the two.
            content = (content ?? await ReadAsync(filter, cancellationToken))
                .With(snapshot.Events.Where(filter.Matches), snapshot.PassedOver, snapshot.Problem);
            yield return await renderer.RenderAsync<TailView>(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(TailView.Content)] = content,
                [nameof(TailView.Filter)] = filter,
            });
        }
    }
}
