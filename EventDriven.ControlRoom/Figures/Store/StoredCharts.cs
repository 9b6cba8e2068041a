using EventDriven.ControlRoom.Figures.Charts;
using EventDriven.ControlRoom.Flow;
using Microsoft.Extensions.Options;

namespace EventDriven.ControlRoom.Figures.Store;

/// <summary>
/// Makes charts of what a metrics store knows of the meter <c>EventDriven.Messaging</c>, whose names are there as OpenTelemetry's rules for
/// Prometheus translate them: underscores for dots, with the unit and <c>_total</c> at the end.
/// </summary>
internal sealed class StoredCharts(PrometheusClient client, IOptionsMonitor<PrometheusOptions> options)
{
    private const string Topic = "messaging_destination_name";
    private const string Group = "messaging_consumer_group_name";
    private const string Partition = "messaging_destination_partition_id";

    // More lines than this can't be told apart, and would make pages of megabytes.
    private const int MostSeries = 30;

    // Metrics are sent each minute or oftener; a rate needs two values, also after one has been missed.
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMinutes(5);

    /// <summary>The charts of a range.</summary>
    /// <param name="range">How far back.</param>
    /// <param name="now">The time at the right, UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreFailedException">The store gave none.</exception>
    public async Task<IReadOnlyList<Chart>> ReadAsync(FiguresRange range, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var matchers = options.CurrentValue.PrometheusMatchers;
        var window = Math.Max(range.Step.TotalSeconds, ShortestWindow.TotalSeconds);
        return await Task.WhenAll(
            ChartAsync(SystemCharts.Published, Topic, $"sum by ({Topic}) ({Rate("messaging_client_sent_messages_total")})"),

            // What the group has passed: a failed attempt is made again, and what is redriven was passed before.
            ChartAsync(
                SystemCharts.Handled,
                Group,
                $"sum by ({Group}) ({Rate("messaging_client_consumed_messages_total", "outcome!~\"failed|redriven\"")})"),

            // Whoever measures a partition says the same of it.
            ChartAsync(
                SystemCharts.Lag,
                Group,
                $"sum by ({Group}) (max by ({Group}, {Topic}, {Partition}) ({Named("messaging_consumer_lag")}))"),
            ChartAsync(
                SystemCharts.Oldest,
                Group,
                $"max by ({Group}) (max_over_time({Named("messaging_consumer_lag_seconds")}[{range.Step.TotalSeconds:0}s]))"),
            ChartAsync(SystemCharts.Handling, Group, Percentile("messaging_process_duration_seconds_bucket")),
            ChartAsync(SystemCharts.Age, Group, Percentile("messaging_process_event_age_seconds_bucket")));

        string Named(string metric, string? matcher = null) =>
            metric + "{" + string.Join(',', new[] { matcher, matchers }.Where(part => !string.IsNullOrEmpty(part))) + "}";

        string Rate(string metric, string? matcher = null) => $"rate({Named(metric, matcher)}[{window:0}s])";

        string Percentile(string metric) => $"histogram_quantile(0.95, sum by (le, {Group}) ({Rate(metric)}))";

        async Task<Chart> ChartAsync(Func<IReadOnlyList<ChartSeries>, Chart> chart, string label, string query)
        {
            var to = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
            var series = await client.QueryRangeAsync(query, to - range.Length, to, range.Step, cancellationToken);
            return chart(Lines(series, label, to, range));
        }
    }

    private static IReadOnlyList<ChartSeries> Lines(
        IReadOnlyList<StoredSeries> series, string label, DateTimeOffset to, FiguresRange range)
    {
        var from = to - range.Length;
        return
        [
            .. series.Select(stored => (Name: stored.Labels.GetValueOrDefault(label), stored.Values))
                .Where(stored => !string.IsNullOrEmpty(stored.Name))
                .OrderBy(stored => stored.Name, StringComparer.Ordinal)
                .Take(MostSeries)
                .Select(stored => new ChartSeries(stored.Name!, Link(label, stored.Name!), Points(stored.Values, from, range))),
        ];
    }

    private static string Link(string label, string name) => $"/#{(label == Topic ? Anchors.Topic(name) : Anchors.Group(name))}";

    // All lines of a chart have the same times. The store leaves out those of which it knows nothing.
    private static IReadOnlyList<ChartPoint> Points(
        IReadOnlyList<(double Time, double Value)> values, DateTimeOffset from, FiguresRange range)
    {
        var step = range.Step.TotalSeconds;
        var points = new double?[(int)(range.Length.TotalSeconds / step) + 1];
        foreach (var (time, value) in values)
        {
            var at = (time - from.ToUnixTimeSeconds()) / step;
            if (double.IsFinite(value) && at > -0.5 && at < points.Length - 0.5)
            {
                points[(int)Math.Round(at)] = value;
            }
        }

        return [.. points.Select((value, i) => new ChartPoint(from + (i * range.Step), value))];
    }
}
