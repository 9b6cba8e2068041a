using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text.Json;
using Confluent.Kafka;
using EventDriven.Messaging.Telemetry;
using EventDriven.Tests.Messaging.Host;

namespace EventDriven.Tests.Messaging;

/// <summary>Law L8: how far a group is behind can be seen from outside, in events and in seconds, whether it runs or not.</summary>
public sealed class LagTests(Servers servers)
{
    private static readonly Dictionary<string, string?> Quick = new(StringComparer.Ordinal)
    {
        ["Messaging:Lag:PollInterval"] = "00:00:00.100",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lag_of_a_stopped_group_grows_with_the_clock_and_falls_to_0_when_it_has_caught_up(bool offsetsInDatabase)
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token) with { OffsetsInDatabase = offsetsInDatabase };
        await using var probe = new LagProbe(options);
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await ProduceAsync(options, "a", "b", "c");
            await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 3);
            await probe.CaughtUpAsync();
        }

        await ProduceAsync(options, "a", "a", "b", "b", "b");
        var stopped = await probe.ReadAsync();
        probe.Clock.Advance(TimeSpan.FromHours(1));
        var later = await probe.ReadAsync();

        Assert.Equal((5, 5), (stopped.Events, later.Events));
        Assert.InRange(stopped.SecondsAt(TimeProvider.System.GetUtcNow())!.Value, 0, 30);
        Assert.Equal(stopped.SecondsAt(stopped.MeasuredAt)!.Value + 3_600, later.SecondsAt(later.MeasuredAt)!.Value, tolerance: 30);

        await using var next = await NoteService.StartAsync(options, Token);
        Assert.Equal(0, (await probe.CaughtUpAsync()).SecondsAt(probe.Clock.GetUtcNow()));
        Assert.Equal(8, (await next.EffectsAsync()).Count);
    }

    [Fact]
    public async Task A_group_that_never_had_an_event_and_one_that_had_none_for_long_are_not_behind()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token);
        await using var probe = new LagProbe(options);
        await using var service = await NoteService.StartAsync(options, Token);

        var never = await probe.ReadAsync();
        Assert.Equal([(0L, 0L), (0L, 0L), (0L, 0L)], never.Partitions.Select(p => (p.Position, p.Events)));

        await ProduceAsync(options, "a");
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);
        await probe.CaughtUpAsync();
        probe.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, (await probe.ReadAsync()).SecondsAt(probe.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Seconds_count_from_when_the_fact_happened_or_was_written_where_that_cant_be_read()
    {
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var probe = new LagProbe(options);
        await RegisterAsync(options);
        var old = Records.Of(new Noted("a", 1));
        old.Headers.Remove("ce_time");
        old.Headers.Add("ce_time", "2026-03-01T12:00:00Z"u8.ToArray());
        await Records.ProduceAsync(options.Kafka, options.Topic, [old], Token);

        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), Assert.Single((await probe.ReadAsync()).Partitions).OldestAt);

        var other = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var otherProbe = new LagProbe(other);
        await RegisterAsync(other);
        var before = TimeProvider.System.GetUtcNow();
        await Records.ProduceAsync(other.Kafka, other.Topic, [new Message<byte[], byte[]> { Key = null!, Value = [1] }], Token);

        Assert.InRange(
            Assert.Single((await otherProbe.ReadAsync()).Partitions).OldestAt!.Value,
            before.AddSeconds(-1),
            TimeProvider.System.GetUtcNow().AddSeconds(1));
    }

    [Fact]
    public async Task Events_that_the_log_has_deleted_are_no_lag()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, servers.NoKafkaLogOnDisk ?? "");
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var probe = new LagProbe(options);
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            await ProduceAsync(options, "a", "a");
            await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 2);
            await probe.CaughtUpAsync();
        }

        await ProduceAsync(options, [.. Enumerable.Repeat("a", 10)]);
        Assert.Equal(10, (await probe.ReadAsync()).Events);

        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = options.Kafka }).Build();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(options.Topic, 0, 8)]);

        var lag = Assert.Single((await probe.ReadAsync()).Partitions);
        Assert.Equal((8L, 12L, 4L), (lag.Position, lag.End, lag.Events));
        Assert.NotNull(lag.OldestAt);
    }

    /// <summary>What a reader is not given is no lag: the marker at a transaction's end, what was aborted, what is not ended yet.</summary>
    [Fact]
    public async Task A_position_behind_which_only_markers_of_transactions_are_left_is_no_lag()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, servers.NoKafkaLogOnDisk ?? "");
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with { ServesHttp = true, Settings = Quick };
        await using var probe = new LagProbe(options);
        await using var service = await NoteService.StartAsync(options, Token);
        using var producer = new TransactionalRecords(options.Kafka, options.Topic);
        producer.Commit(Records.Of(new Noted("a", 1)));
        producer.Abort(Records.Of(new Noted("a", 2)));
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);

        var lag = await Eventually.GetAsync(probe.ReadAsync, found => found is { Events: 0, Partitions: [{ End: 4 }] });
        Assert.Equal((4L, 0.0), (lag.Partitions[0].Position, lag.SecondsAt(probe.Clock.GetUtcNow())));
        await Eventually.GetAsync(
            () => service.Http.GetFromJsonAsync<JsonElement>("/health", Token),
            health => Check(health, "lag") == "healthy" && Measure(options, "messaging.consumer.lag") == 0);

        producer.Begin(Records.Of(new Noted("a", 3)));
        Assert.Equal((4L, 0L), ((await probe.ReadAsync()).Partitions[0].End, (await probe.ReadAsync()).Events));
        producer.Commit();
        await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 2);
        await Eventually.GetAsync(probe.ReadAsync, found => found is { Events: 0, Partitions: [{ End: 6 }] });
    }

    [Fact]
    public async Task An_event_behind_markers_is_lag()
    {
        Assert.SkipWhen(servers.NoKafkaLogOnDisk is not null, servers.NoKafkaLogOnDisk ?? "");
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1);
        await using var probe = new LagProbe(options);
        using var producer = new TransactionalRecords(options.Kafka, options.Topic);
        await using (var service = await NoteService.StartAsync(options, Token))
        {
            producer.Commit(Records.Of(new Noted("a", 1)));
            await Eventually.TrueAsync(async () => (await service.EffectsAsync()).Count == 1);
            await Eventually.TrueAsync(async () => (await probe.ReadAsync()) is { Events: 0, Partitions: [{ End: 2 }] });
        }

        await ProduceAsync(options, "b");

        var lag = await probe.ReadAsync();
        Assert.True(lag.Events > 0, $"{lag.Events} events");
        Assert.NotNull(Assert.Single(lag.Partitions).OldestAt);
    }

    [Fact]
    public async Task Every_instance_shows_the_whole_groups_lag_as_metrics_and_by_HTTP()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = await NoteServiceOptions.CreateAsync(servers, Token, partitions: 1) with
        {
            ServesHttp = true,
            Settings = Quick,
            Behaviour = (_, token) => gate.Task.WaitAsync(token),
        };
        await using var one = await NoteService.StartAsync(options, Token);
        await using var another = await NoteService.StartAsync(options, Token);
        await ProduceAsync(options, "a", "b");

        foreach (var service in new[] { one, another })
        {
            var behind = await LagAsync(
                service, lag => lag.GetProperty("events").GetInt64() == 2 && lag.GetProperty("seconds").GetDouble() > 0);
            Assert.Equal(options.Group, behind.GetProperty("group").GetString());
            var partition = Assert.Single(behind.GetProperty("partitions").EnumerateArray());
            Assert.Equal((options.Topic, 0L, 2L), (
                partition.GetProperty("topic").GetString(),
                partition.GetProperty("position").GetInt64(),
                partition.GetProperty("end").GetInt64()));
        }

        Assert.Equal(2, Measure(options, "messaging.consumer.lag"));
        var seconds = Measure(options, "messaging.consumer.lag_seconds");
        Assert.True(seconds > 0);
        await Eventually.TrueAsync(() => Measure(options, "messaging.consumer.lag_seconds") > seconds);

        gate.SetResult();
        await Eventually.TrueAsync(
            () => Measure(options, "messaging.consumer.lag") == 0 && Measure(options, "messaging.consumer.lag_seconds") == 0);
        Assert.Equal(0, (await LagAsync(another, lag => lag.GetProperty("events").GetInt64() == 0)).GetProperty("seconds").GetDouble());
    }

    private static Task<JsonElement> LagAsync(NoteService service, Func<JsonElement, bool> condition) => Eventually.GetAsync(
        async () => (await service.Http.GetFromJsonAsync<JsonElement>("/lag", Token)).EnumerateArray().SingleOrDefault(),
        lag => lag.ValueKind == JsonValueKind.Object && condition(lag));

    private static string? Check(JsonElement health, string name) =>
        health.GetProperty("checks").GetProperty(name).GetProperty("status").GetString();

    private static Task ProduceAsync(NoteServiceOptions options, params string[] keys) =>
        Records.ProduceAsync(options.Kafka, options.Topic, keys.Select((key, number) => Records.Of(new Noted(key, number))), Token);

    /// <summary>The group exists from now on, and reads nothing.</summary>
    private static async Task RegisterAsync(NoteServiceOptions options)
    {
        await using var probe = new LagProbe(options);
        await using var service = await NoteService.StartAsync(options, Token);
        await probe.ReadAsync();
    }

    /// <summary>The largest measurement of the group.</summary>
    private static double? Measure(NoteServiceOptions options, string name)
    {
        double? measured = null;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == MessagingMetrics.MeterName && instrument.Name == name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Take(value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => Take(value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;

        void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
            {
                if (tag is { Key: "messaging.consumer.group.name", Value: string group } && group == options.Group)
                {
                    measured = Math.Max(measured ?? 0, value);
                }
            }
        }
    }
}
