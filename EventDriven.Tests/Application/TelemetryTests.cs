using System.Diagnostics;
using System.Net;
using System.Text;
using EventDriven.Contracts;
using EventDriven.Tests.Application.Harness;
using EventDriven.Tests.Notifications.Mail;
using Npgsql;

namespace EventDriven.Tests.Application;

/// <summary>What an operator sees of the whole application: traces, log lines and metrics as they leave the services.</summary>
public sealed class TelemetryTests(ObservedSystem observed) : IClassFixture<ObservedSystem>
{
    private const string ClientsSpan = "00f067aa0ba902b7";

    private const string ConfirmedOrder =
        """
        checkout: POST /orders
          checkout: send orders.v1 (order-placed)
            analytics: process orders.v1 (order-placed)
            inventory: process orders.v1 (order-placed)
              inventory: send inventory.v1 (stock-reserved)
                analytics: process inventory.v1 (stock-reserved)
                checkout: process inventory.v1 (stock-reserved)
                  checkout: send orders.v1 (order-confirmed)
                    analytics: process orders.v1 (order-confirmed)
                    notifications: process orders.v1 (order-confirmed)
            notifications: process orders.v1 (order-placed)
            recommendations: process orders.v1 (order-placed)
        """;

    private static readonly string[] Producers = ["checkout", "inventory"];
    private static readonly string[] Personal = ["zaphod", "beeblebrox"];

    private readonly SystemClient _client = observed.Client;
    private readonly OtlpReceiver _telemetry = observed.Telemetry;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_orders_spans_are_one_tree_from_the_request_through_every_consumer()
    {
        var trace = await ConfirmedAsync("one-tree");

        Assert.All(
            trace.Spans, span => Assert.True(span.ParentId == ClientsSpan || trace.Parent(span) is not null, $"{span} is an orphan."));
        var sends = trace.Spans.Where(span => span.Kind == OtlpSpanKind.Producer).ToList();
        Assert.All(sends, send => AssertFollowsConventions(send, "send"));
        var processes = trace.Spans.Where(span => span.Kind == OtlpSpanKind.Consumer).ToList();
        Assert.All(processes, process =>
        {
            AssertFollowsConventions(process, "process");
            Assert.Equal(process.Service, process["messaging.consumer.group.name"]);
            var send = trace.Parent(process)!;
            Assert.All(
                ["messaging.message.id", "messaging.kafka.message.key", "messaging.destination.partition.id", "messaging.kafka.offset"],
                attribute => Assert.Equal(send[attribute], process[attribute]));
        });
    }

    [Fact]
    public async Task L9_every_span_and_every_log_line_of_an_order_carries_its_correlation_id_and_its_cause()
    {
        var trace = await ConfirmedAsync("every-span");
        var lines = await Eventually.GetAsync(
            () => Task.FromResult(_telemetry.Lines.Where(line => line.TraceId == trace.Spans.First().TraceId).ToList()),
            lines => Consumers(lines.Select(line => line.Service)) == 5);

        Assert.All(trace.Spans, span => AssertCorrelated(span.Attributes, "every-span"));
        Assert.All(lines, line => AssertCorrelated(line.Attributes, "every-span"));
        foreach (var service in SystemUnderTest.Services)
        {
            var console = await ConsoleAsync(service, trace.Spans.First().TraceId);
            Assert.All(console.Split('\n').Where(line => line.Contains(trace.Spans.First().TraceId, StringComparison.Ordinal)),
                line => Assert.Contains("correlation_id=every-span causation_id=", line, StringComparison.Ordinal));
        }

        // The cause of what a request announces is the request, of what a consumer announces the event that it handled.
        Assert.All(
            trace.Spans.Where(span => span.Kind == OtlpSpanKind.Consumer),
            span => Assert.Equal(span["messaging.message.id"], span["causation_id"]));
        Assert.All(trace.Spans.Where(span => span.Kind == OtlpSpanKind.Producer), span =>
            Assert.Equal(trace.Parent(span)!["messaging.message.id"] ?? trace.Parent(span)!.Id, span["causation_id"]));
    }

    [Fact]
    public async Task The_correlation_id_goes_along_when_one_service_asks_another()
    {
        var (traceId, _) = await PlaceAsync(new OrderRequest { CorrelationId = "asked", Reservation = "immediate" });

        var asked = await Eventually.GetAsync(
            () => Task.FromResult(Spans(traceId).Find(span => span is { Service: "inventory", Kind: OtlpSpanKind.Server })),
            span => span is not null);
        AssertCorrelated(asked!.Attributes, "asked");
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("one,\ttwo")]
    [InlineData("")]
    [InlineData("seventeenletters.seventeenletters.seventeenletters.seventeenletters."
        + "seventeenletters.seventeenletters.seventeenletters.seventeenle")]
    public async Task A_correlation_id_that_is_not_sane_is_not_taken_over(string given)
    {
        var traceId = ActivityTraceId.CreateRandom().ToHexString();
        using var response = await _client.SendAsync(Request(new OrderRequest { CorrelationId = given }, traceId));

        Assert.Equal([traceId], response.Headers.GetValues("X-Correlation-ID"));
        var request = await Eventually.GetAsync(
            () => Task.FromResult(Spans(traceId).Find(span => span.Kind == OtlpSpanKind.Server)), span => span is not null);
        AssertCorrelated(request!.Attributes, traceId);
        Assert.False(given.Length > 0 && _telemetry.Mentions(given));
    }

    [Fact]
    public async Task A_sane_correlation_id_is_echoed()
    {
        using var response = await _client.SendAsync(new OrderRequest { CorrelationId = "order-7/retry:2" });

        Assert.Equal(["order-7/retry:2"], response.Headers.GetValues("X-Correlation-ID"));
    }

    [Fact]
    public async Task No_address_and_no_name_leaves_a_service_in_its_telemetry_or_on_its_console()
    {
        const string Customer = """{"email":"zaphod@beeblebrox.example","name":"Zaphod Beeblebrox"}""";
        Assert.Equal(HttpStatusCode.Created, await PostAsync("/customers", Customer));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync("/customers", Customer));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            await PostAsync("/customers?email=zaphod@beeblebrox.example", """{"email":"Zaphod Beeblebrox"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/customers", """{"email":["zaphod@beeblebrox.example"]}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/customers", Customer[..^1]));

        var (_, cancelled) = await PlaceAsync(new OrderRequest { Email = "zaphod@beeblebrox.example" });
        await _client.ReachesAsync(cancelled.Id, "Confirmed");
        Assert.Equal(HttpStatusCode.OK, await _client.CancelAsync(cancelled.Id));
        var (_, rejected) = await PlaceAsync(new OrderRequest { Email = "zaphod@beeblebrox.example", Sku = "honey-acacia" });
        await _client.ReachesAsync(rejected.Id, "Rejected");
        await MailIsRefusedAsync("refused@beeblebrox.example");
        await HandlerFailsAndRecoversAsync("unlucky@beeblebrox.example");

        // What is sent in order has arrived when what was sent last has.
        await ConfirmedAsync("the-last");
        await Eventually.TrueAsync(
            () => Consumers(
                _telemetry.Lines.Where(l => l.Attributes.GetValueOrDefault("correlation_id") == "the-last").Select(l => l.Service)) == 5);
        var consoles = await Task.WhenAll(SystemUnderTest.Services.Select(service => ConsoleAsync(service, "=the-last")));
        Assert.True(_telemetry.Mentions("the-last"));
        foreach (var personal in Personal)
        {
            Assert.False(_telemetry.Mentions(personal), $"'{personal}' was sent.");
            Assert.All(consoles, console => Assert.DoesNotContain(personal, console, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>But for two, which count when a server is away: <c>MetricTests</c> and <c>ReceiptTests</c> prove them.</summary>
    [Fact]
    public async Task Every_metric_of_messaging_is_sent()
    {
        var (_, order) = await PlaceAsync(new OrderRequest());
        await _client.ReachesAsync(order.Id, "Confirmed");
        await HandlerFailsAndRecoversAsync("unlucky@example.org");
        var log = await observed.LogAsync();
        await log.RepeatAsync(
            log.ReadAll(Topics.Orders).Concat(log.ReadAll(Topics.Inventory)).Where(e => e.Key == order.Id.ToString()), times: 1);

        // What nobody can read, on the topics that everybody reads.
        await log.PoisonAsync(Topics.Orders);
        await log.PoisonAsync(Topics.Inventory);

        (string Service, string Metric, string? Outcome)[] expected =
        [
            .. SystemUnderTest.Services.SelectMany(OfEveryConsumer),
            .. Producers.SelectMany(OfEveryProducer),
            ("notifications", "messaging.client.consumed.messages", "failed"),
            ("notifications", "messaging.process.retries", null),
        ];
        await Eventually.GetAsync(
            () => Task.FromResult(string.Join('\n', expected.Where(e => !Measured(e.Service, e.Metric, e.Outcome)))),
            missing => missing.Length == 0);
    }

    private static IEnumerable<(string Service, string Metric, string? Outcome)> OfEveryConsumer(string service) =>
    [
        (service, "messaging.client.consumed.messages", "handled"),
        (service, "messaging.client.consumed.messages", "duplicate"),
        (service, "messaging.process.duration", "handled"),
        (service, "messaging.process.event_age", "handled"),
        (service, "messaging.process.duplicates", "duplicate"),
        (service, "messaging.consumer.lag", null),
        (service, "messaging.consumer.lag_seconds", null),
        (service, "messaging.consumer.halted", null),
        (service, "messaging.dead_letters", null),
        (service, "messaging.parked_keys", null),
        (service, "messaging.parked_messages", null),
    ];

    private static IEnumerable<(string Service, string Metric, string? Outcome)> OfEveryProducer(string service) =>
    [
        (service, "messaging.client.sent.messages", null),
        (service, "outbox.pending", null),
        (service, "outbox.oldest_age_seconds", null),
    ];

    private static OrderRequest Request(OrderRequest order, string traceId) =>
        order with { TraceParent = $"00-{traceId}-{ClientsSpan}-01" };

    private static int Consumers(IEnumerable<string> services) => services.Distinct(StringComparer.Ordinal).Count();

    private static void AssertCorrelated(IReadOnlyDictionary<string, string> attributes, string correlationId)
    {
        Assert.Equal(correlationId, attributes["correlation_id"]);
        Assert.NotEmpty(attributes["causation_id"]);
    }

    private static void AssertFollowsConventions(OtlpSpan span, string operation)
    {
        Assert.Equal($"{operation} {span["messaging.destination.name"]}", span.Name);
        Assert.Equal("kafka", span["messaging.system"]);
        Assert.Equal(operation, span["messaging.operation.name"]);
        Assert.Equal(operation, span["messaging.operation.type"]);
    }

    private async Task<(string TraceId, OrderView Order)> PlaceAsync(OrderRequest order)
    {
        var traceId = ActivityTraceId.CreateRandom().ToHexString();
        return (traceId, await _client.PlaceAsync(Request(order, traceId)));
    }

    /// <summary>The complete trace of an order that is confirmed.</summary>
    private async Task<OtlpTrace> ConfirmedAsync(string correlationId)
    {
        var (traceId, _) = await PlaceAsync(new OrderRequest { CorrelationId = correlationId });
        await Eventually.GetAsync(
            () => Task.FromResult(new OtlpTrace(Spans(traceId)).DrawBelow(ClientsSpan)), drawn => drawn == ConfirmedOrder);
        return new OtlpTrace(Spans(traceId));
    }

    /// <summary>What a service wrote to its console, down to the text at least: it comes a little later than what it sends.</summary>
    private Task<string> ConsoleAsync(string service, string text) => Eventually.GetAsync(
        () => observed.System.OutputAsync(service), console => console.Contains(text, StringComparison.Ordinal));

    private List<OtlpSpan> Spans(string traceId) => [.. _telemetry.Spans.Where(span => span.TraceId == traceId)];

    private bool Measured(string service, string metric, string? outcome) => _telemetry.Points.Any(point =>
        point.Service == service && point.Metric == metric
            && (outcome is null || point.Attributes.GetValueOrDefault("outcome") == outcome));

    private async Task<HttpStatusCode> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await observed.System.Http("checkout").PostAsync(path, content, Token);
        return response.StatusCode;
    }

    private async Task MailIsRefusedAsync(string email)
    {
        if (MailServer.WhyNot is null)
        {
            var (_, order) = await PlaceAsync(new OrderRequest { Email = email });
            await Eventually.GetAsync(() => _client.MessagesAsync(order.Id), messages => messages.Exists(m => m.State == "Refused"));
        }
    }

    /// <summary>Notifications' database refuses the customer for a while; PostgreSQL's error names the row.</summary>
    private async Task HandlerFailsAndRecoversAsync(string email)
    {
        await using var database = NpgsqlDataSource.Create(await observed.System.ConnectionStringAsync("notificationsdb"));
        var customer = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await using (var refuse = database.CreateCommand($"ALTER TABLE contacts ADD CONSTRAINT luck CHECK (customer <> '{customer}')"))
        {
            await refuse.ExecuteNonQueryAsync(Token);
        }

        var (traceId, order) = await PlaceAsync(new OrderRequest { Email = email, CustomerId = customer });
        await Eventually.TrueAsync(
            () => _telemetry.Lines.Any(
                line => line.TraceId == traceId && line.Text.Contains("failed in attempt", StringComparison.Ordinal)));
        await using var accept = database.CreateCommand("ALTER TABLE contacts DROP CONSTRAINT luck");
        await accept.ExecuteNonQueryAsync(Token);
        await _client.AreSentAsync(order.Id, "order-received", "order-confirmed");
    }
}
