using System.Globalization;
using System.Text;
using EventDriven.ControlRoom.Figures.Charts;
using EventDriven.ControlRoom.Figures.Store;

namespace EventDriven.Tests.ControlRoom.Figures.Store;

/// <summary>Figures of more than an hour, from a real Prometheus.</summary>
public sealed class StoredChartsTests
{
    private const int Hours = 8;
    private const int PerMinute = 600;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_prometheus_with_what_services_send_gives_every_chart_of_every_range()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var prometheus = await PrometheusServer.StartAsync(Samples(now));
        var options = new StoreSettings(new PrometheusOptions
        {
            Prometheus = prometheus.Url,
            PrometheusMatchers = "deployment_environment=\"live\"",
        });
        using var client = new PrometheusClient(options);
        var charts = new StoredCharts(client, options);

        foreach (var range in FiguresRange.All.Skip(1))
        {
            var read = await charts.ReadAsync(range, now, Token);

            Assert.Equal(["published", "handled", "lag", "oldest", "handling", "age"], read.Select(chart => chart.Id));
            Assert.All(read, chart =>
            {
                var points = Assert.Single(chart.Series).Points;
                Assert.InRange(points.Count, 150, FiguresRange.MostPoints);
                Assert.Equal((range.Length, now.ToUnixTimeSeconds()), (points[^1].At - points[0].At, points[^1].At.ToUnixTimeSeconds()));
            });

            // 10 a second; two instances tell of the same 42 events; 95 % within 50 ms, half of these within 25 ms.
            Assert.Equal(10, Latest(read, "published", "orders.v1"), tolerance: 0.5);
            Assert.Equal(8, Latest(read, "handled", "inventory"), tolerance: 0.5);
            Assert.Equal(42, Latest(read, "lag", "inventory"));
            Assert.Equal(7.5, Latest(read, "oldest", "inventory"));
            Assert.Equal(0.05, Latest(read, "handling", "inventory"), tolerance: 0.001);
            Assert.Equal(0.05, Latest(read, "age", "inventory"), tolerance: 0.001);
        }
    }

    private static double Latest(IReadOnlyList<Chart> charts, string id, string name)
    {
        // What is of another environment would double it.
        var series = Assert.Single(charts.Single(chart => chart.Id == id).Series);
        Assert.Equal(name, series.Name);
        return series.Latest!.Value;
    }

    // As OTLP in Prometheus and the exporters name the metrics of the meter EventDriven.Messaging, a value each minute.
    private static string Samples(DateTimeOffset now)
    {
        const string Group = "messaging_consumer_group_name=\"inventory\"";
        const string Topic = "messaging_destination_name=\"orders.v1\"";
        const string Live = "deployment_environment=\"live\"";
        const string Other = "deployment_environment=\"test\"";
        var text = new StringBuilder();
        Add(
            "messaging_client_sent_messages_total", "counter",
            ($"{Topic},{Live}", i => i * PerMinute), ($"{Topic},{Other}", i => i * PerMinute));
        Add(
            "messaging_client_consumed_messages_total", "counter",
            ($"{Group},{Topic},{Live},outcome=\"handled\"", i => i * PerMinute * 0.7),
            ($"{Group},{Topic},{Live},outcome=\"ignored\"", i => i * PerMinute * 0.1),
            ($"{Group},{Topic},{Live},outcome=\"failed\"", i => i * PerMinute * 0.2),
            ($"{Group},{Topic},{Other},outcome=\"handled\"", i => i * PerMinute));
        Add(
            "messaging_consumer_lag", "gauge",
            ($"{Group},{Topic},{Live},messaging_destination_partition_id=\"0\",instance=\"a\"", _ => 30),
            ($"{Group},{Topic},{Live},messaging_destination_partition_id=\"0\",instance=\"b\"", _ => 30),
            ($"{Group},{Topic},{Live},messaging_destination_partition_id=\"1\",instance=\"a\"", _ => 12));
        Add(
            "messaging_consumer_lag_seconds", "gauge",
            ($"{Group},{Topic},{Live},messaging_destination_partition_id=\"0\"", _ => 7.5),
            ($"{Group},{Topic},{Live},messaging_destination_partition_id=\"1\"", _ => 0));
        foreach (var metric in (string[])["messaging_process_duration_seconds", "messaging_process_event_age_seconds"])
        {
            AddHistogram(metric, (0.025, 0.475), (0.05, 0.95), (0.1, 1), (double.PositiveInfinity, 1));
        }

        return text.Append("# EOF\n").ToString();

        void AddHistogram(string metric, params (double Bound, double Part)[] buckets)
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {metric} histogram\n");
            foreach (var (bound, part) in buckets)
            {
                var le = double.IsFinite(bound) ? bound.ToString(CultureInfo.InvariantCulture) : "+Inf";
                Lines($"{metric}_bucket", $"{Group},{Live},le=\"{le}\"", i => i * PerMinute * part);
            }

            Lines($"{metric}_count", $"{Group},{Live}", i => i * PerMinute);
            Lines($"{metric}_sum", $"{Group},{Live}", i => i);
        }

        void Add(string metric, string type, params (string Labels, Func<int, double> Value)[] series)
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {metric.Replace("_total", "", StringComparison.Ordinal)} {type}\n");
            foreach (var (labels, value) in series)
            {
                Lines(metric, labels, value);
            }
        }

        void Lines(string metric, string labels, Func<int, double> value)
        {
            var from = now.ToUnixTimeSeconds() - (Hours * 3_600);
            for (var i = 0; i <= Hours * 60; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{metric}{{{labels}}} {value(i)} {from + (i * 60)}\n");
            }
        }
    }
}
