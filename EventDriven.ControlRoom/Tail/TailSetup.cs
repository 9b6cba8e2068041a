using Confluent.Kafka;
using EventDriven.ControlRoom.Events;
using EventDriven.ControlRoom.Live;
using EventDriven.Identity;
using EventDriven.ServiceDefaults.Http.Overload;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EventDriven.ControlRoom.Tail;

/// <summary>The page of what arrives on a topic.</summary>
internal static class TailSetup
{
    /// <summary>Name of the part of the page that changes.</summary>
    public const string Part = "tail";

    /// <summary>Address of the page.</summary>
    public const string Path = "/tail";

    /// <summary>Address of its stream.</summary>
    public const string Stream = "/live/tail";

    public static void AddTail(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TopicTails>();
        builder.Services.AddSingleton<TailReader>();
        builder.Services.AddHostedService<TailSampler>();
    }

    public static void MapTail(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, GetAsync).RequireAuthorization(Scopes.OpsRead);
        app.MapGet(Stream, WatchAsync).RequireAuthorization(Scopes.OpsRead).DisableRequestTimeout();
    }

    private static async Task<RazorComponentResult<TailPage>> GetAsync(
        string? topic, string? key, string? type, string? text, EventTopics topics, TailReader reader, CancellationToken cancellationToken)
    {
        try
        {
            var known = await topics.ListAsync(cancellationToken);
            var first = known.Count > 0 ? known[0] : null;
            if ((string.IsNullOrWhiteSpace(topic) ? await FirstAsync(topics, cancellationToken) ?? first : topic.Trim()) is not { } chosen)
            {
                return Page(known, null, null, "The broker has no topics yet.");
            }

            var filter = TailFilter.Of(chosen, key, type, text);
            return known.Contains(filter.Topic, StringComparer.Ordinal)
                ? Page(known, filter, await reader.ReadAsync(filter, cancellationToken), problem: null)
                : Page(known, null, null, $"The broker has no topic {filter.Topic}.");
        }
        catch (KafkaException exception)
        {
            return Page([], null, null, $"Kafka does not answer: {exception.Error.Reason}");
        }
    }

    // What groups read is more telling than what comes first by name.
    private static async Task<string?> FirstAsync(EventTopics topics, CancellationToken cancellationToken) =>
        (await topics.OfFactsAsync(cancellationToken)).FirstOrDefault();

    private static RazorComponentResult<TailPage> Page(
        IReadOnlyList<string> topics, TailFilter? filter, TailContent? content, string? problem) =>
        new(new { Topics = topics, Filter = filter, Content = content, Problem = problem });

    private static async Task<IResult> WatchAsync(
        HttpContext http,
        LongRequests longRequests,
        TailReader reader,
        EventTopics topics,
        string? topic,
        string? key,
        string? type,
        string? text,
        CancellationToken cancellationToken)
    {
        var filter = TailFilter.Of(topic ?? "", key, type, text);
        try
        {
            if (filter.Topic.Length == 0 || !(await topics.ListAsync(cancellationToken)).Contains(filter.Topic, StringComparer.Ordinal))
            {
                return TypedResults.NotFound();
            }
        }
        catch (KafkaException)
        {
            // The browser comes back.
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        return LiveStream.Of(http, longRequests, Part, stop => reader.WatchAsync(filter, stop));
    }
}
