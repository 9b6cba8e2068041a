using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Checkout.Api.Orders.Paying;
using Checkout.Api.Payments.Refunding;
using EventDriven.Tests.Checkout.Host;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventDriven.Tests.Checkout.Payments;

/// <summary>
/// The payment provider is away, slow, or refuses; instances share the work and die. Each test has a Checkout and a provider of its own.
/// </summary>
public sealed class RefundSendingTests(Servers servers) : IAsyncLifetime
{
    private readonly string _reference = $"pay_{CheckoutHttp.NewKey()}";
    private FakeProvider _provider = null!;
    private CheckoutAppOptions _options = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = await FakeProvider.StartAsync();
        _options = new CheckoutAppOptions(await servers.CreateDatabaseAsync(Token), servers.Redis)
        {
            Provider = _provider.Url,
            Payments = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["PollEvery"] = "00:00:00.1",
                ["RetryFirst"] = "00:00:00.05",
                ["RetryAtMost"] = "00:00:00.2",
                ["RetryRefused"] = "00:00:00.2",
                ["DegradedAfter"] = "00:00:00.2",
                ["Timeout"] = "00:00:00.4",
                ["Lease"] = "00:00:01",
            },
        };
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Fact]
    public async Task Provider_that_is_away_is_asked_until_it_answers_and_meanwhile_the_service_says_so()
    {
        _provider.Answer = _ => Task.FromResult(Results.StatusCode(503));
        await using var app = new CheckoutApp(_options);
        var id = await CancelledAsync(app, _reference);
        await Eventually.TrueAsync(() => _provider.Commands.Count >= 3);

        Assert.Equal((5m, 0m, 5m, 0m), (await app.Client.GetOrderAsync(id)).Payment());
        var health = await Eventually.GetAsync(() => HealthAsync(app), check => check.Status == HealthStatus.Degraded);
        Assert.Contains("1 refund(s) wait for the payment provider", health.Description, StringComparison.Ordinal);
        Assert.Equal(1, await Eventually.GetAsync(() => Task.FromResult(Gauge(app, "refunds.pending")), pending => pending == 1));
        Assert.True(Gauge(app, "refunds.oldest_age_seconds") > 0);

        _provider.Answer = _ => Task.FromResult(Results.Ok());
        await RefundedAsync(app, id);
        Assert.Single(_provider.Commands.Select(c => c.Key).Distinct(StringComparer.Ordinal));
        await Eventually.GetAsync(() => HealthAsync(app), check => check.Status == HealthStatus.Healthy);
        Assert.Equal((0, 0), (Gauge(app, "refunds.pending"), Gauge(app, "refunds.oldest_age_seconds")));
    }

    /// <summary>A redirect that is followed turns the command into a question, which any page answers with 200.</summary>
    [Fact]
    public async Task Redirect_is_no_refund()
    {
        _provider.Answer = _ => Task.FromResult(Results.Redirect("/v1/maintenance"));
        await using var app = new CheckoutApp(_options);
        var id = await CancelledAsync(app, _reference);
        await Eventually.TrueAsync(() => _provider.Commands.Count >= 2);

        Assert.Equal((5m, 0m, 5m, 0m), (await app.Client.GetOrderAsync(id)).Payment());
        Assert.DoesNotContain("payment-refunded", await app.AnnouncedAsync(id));
    }

    [Theory]
    [InlineData("application/json; charset=nothing", "{}", "422")]
    [InlineData("application/json", """{"title":"a\u0000b\u001b[2J"}""", "422 ab[2J")]
    public async Task Odd_answer_of_the_provider_is_noted_and_holds_up_no_other_refund(string contentType, string body, string error)
    {
        _provider.Answer = command => Task.FromResult(
            command.Reference == _reference ? new OddAnswer(contentType, body) : Results.Ok());
        await using var app = new CheckoutApp(_options);
        await CancelledAsync(app, _reference);
        var other = await CancelledAsync(app, $"pay_{CheckoutHttp.NewKey()}");

        await RefundedAsync(app, other);
        var refund = await Eventually.GetAsync(
            () => app.QueryAsync(d => d.Refunds.AsNoTracking().SingleAsync(r => r.ProviderReference == _reference, Token)),
            refund => refund.State == RefundState.Failed);
        Assert.Equal(error, refund.LastError);
    }

    [Fact]
    public async Task Refusal_is_stored_with_its_reason_shown_and_asked_about_again()
    {
        _provider.Answer = _ => Task.FromResult(Results.Problem(statusCode: 422, title: "Card is closed"));
        await using var app = new CheckoutApp(_options);
        var id = await CancelledAsync(app, _reference);

        var health = await Eventually.GetAsync(() => HealthAsync(app), check => check.Status == HealthStatus.Degraded);
        Assert.Contains("refused 1 refund(s)", health.Description, StringComparison.Ordinal);
        Assert.Equal(1, Gauge(app, "refunds.failed"));
        var refund = await app.QueryAsync(d => d.Refunds.AsNoTracking().SingleAsync(Token));
        Assert.Equal((RefundState.Failed, "422 Card is closed"), (refund.State, refund.LastError));
        Assert.DoesNotContain("payment-refunded", await app.AnnouncedAsync(id));

        _provider.Answer = _ => Task.FromResult(Results.Ok());
        await RefundedAsync(app, id);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Answer_that_says_later_is_no_refusal(int status)
    {
        _provider.Answer = _ => Task.FromResult(_provider.Commands.Count < 3 ? Results.StatusCode(status) : Results.Ok());
        await using var app = new CheckoutApp(_options with { Payments = With("RetryRefused", "01:00:00") });
        var id = await CancelledAsync(app, _reference);

        await RefundedAsync(app, id);
        Assert.Equal(3, _provider.Commands.Count);
    }

    [Fact]
    public async Task Answer_that_is_lost_leads_to_the_same_command_again_and_to_one_fact()
    {
        _provider.Answer = async _ =>
        {
            if (_provider.Commands.Count == 1)
            {
                // Carried out, but the answer comes when nobody waits for it any more.
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            }

            return Results.Ok();
        };
        await using var app = new CheckoutApp(_options);
        var id = await CancelledAsync(app, _reference);

        await RefundedAsync(app, id);
        Assert.Equal(2, _provider.Commands.Count);
        Assert.Single(_provider.Commands.Select(c => c.Key).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Instances_share_the_work_and_send_each_refund_once()
    {
        _provider.Answer = _ => Task.FromResult(Results.StatusCode(503));
        await using var one = new CheckoutApp(_options with { Payments = With("Lease", "00:01:00") });
        await using var other = new CheckoutApp(_options with { Payments = With("Lease", "00:01:00") });
        var ids = new List<Guid>();
        for (var i = 0; i < 30; i++)
        {
            ids.Add(await CancelledAsync(one, $"{_reference}_{i}"));
        }

        var confirmed = new ConcurrentQueue<string>();
        _provider.Answer = command =>
        {
            confirmed.Enqueue(command.Reference);
            return Task.FromResult(Results.Ok());
        };

        foreach (var id in ids)
        {
            await RefundedAsync(one, id);
        }

        Assert.Equal(30, confirmed.Count);
        Assert.Equal(30, confirmed.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Refund_whose_sender_died_is_sent_by_another_when_its_lease_has_ended()
    {
        await using var app = new CheckoutApp(_options with { Payments = With("PollEvery", "00:10:00") });
        _provider.Answer = _ => Task.FromResult(Results.StatusCode(503));
        var id = await CancelledAsync(app, _reference);
        await Eventually.TrueAsync(async () => await app.QueryAsync(d => d.Refunds.AnyAsync(r => r.Attempts == 1, Token)));

        // Taken by a sender that is never heard of again.
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var queue = scope.ServiceProvider.GetRequiredService<RefundQueue>();
            await Eventually.TrueAsync(
                async () => (await queue.TakeAsync(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), 10, Token)).Count == 1);
            Assert.Empty(await queue.TakeAsync(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), 10, Token));
        }

        _provider.Answer = _ => Task.FromResult(Results.Ok());
        await using var other = new CheckoutApp(_options);
        await RefundedAsync(other, id);
    }

    [Fact]
    public async Task Refund_that_was_requested_by_a_clock_that_was_ahead_is_due_at_once()
    {
        await using var app = new CheckoutApp(_options with { Payments = With("PollEvery", "00:10:00") });
        _provider.Answer = _ => Task.FromResult(Results.StatusCode(503));
        await CancelledAsync(app, _reference);
        await Eventually.TrueAsync(
            async () => await app.QueryAsync(d => d.Refunds.AnyAsync(r => r.Attempts == 1 && r.Lease == null, Token)));
        await app.QueryAsync(d => d.Database.ExecuteSqlAsync(
            $"UPDATE refunds SET requested_at = now() + interval '10 min', due_at = now() + interval '10 min', attempts = 0", Token));

        await using var scope = app.Services.CreateAsyncScope();
        var queue = scope.ServiceProvider.GetRequiredService<RefundQueue>();
        Assert.Single(await queue.TakeAsync(Guid.CreateVersion7(TimeProvider.System.GetUtcNow()), 10, Token));
    }

    [Fact]
    public async Task Confirmation_that_two_senders_hear_is_one_fact()
    {
        _provider.Answer = _ => Task.FromResult(Results.StatusCode(503));
        await using var app = new CheckoutApp(_options with { Payments = With("PollEvery", "00:10:00") });
        var id = await CancelledAsync(app, _reference);
        var refund = new DueRefund(_reference, id, 5m, "EUR", "order-cancelled", 1, "correlation", "causation", null);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RefundQueue>().ConfirmedAsync(refund, Token);
        }));

        await RefundedAsync(app, id);
    }

    private static async Task<Guid> CancelledAsync(CheckoutApp app, string reference)
    {
        var id = await app.Client.PlaceAsync();
        await app.Client.PaidAsync(id, reference, 5m);
        using var cancelled = await app.Client.CancelAsync(id);
        await cancelled.ReadAsync(HttpStatusCode.OK);
        return id;
    }

    private static async Task RefundedAsync(CheckoutApp app, Guid id)
    {
        await Eventually.GetAsync(() => app.Client.GetOrderAsync(id), order => order.Payment() == (5m, 0m, 0m, 5m));
        Assert.Single(await app.AnnouncedAsync(id), fact => fact == "payment-refunded");
    }

    // Of this check alone: there is no broker, and asking for one takes its time.
    private static async Task<HealthReportEntry> HealthAsync(CheckoutApp app)
    {
        var report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "refunds", Token);
        return report.Entries["refunds"];
    }

    private static double Gauge(CheckoutApp app, string name)
    {
        var value = double.NaN;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == name && ReferenceEquals(instrument.Meter.Scope, app.Services.GetRequiredService<IMeterFactory>()))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, measured, _, _) => value = measured);
        listener.SetMeasurementEventCallback<double>((_, measured, _, _) => value = measured);
        listener.Start();
        listener.RecordObservableInstruments();
        return value;
    }

    private Dictionary<string, string> With(string name, string value) => new(_options.Payments, StringComparer.Ordinal) { [name] = value };

    private sealed class OddAnswer(string contentType, string body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            httpContext.Response.Headers.ContentType = contentType;
            return httpContext.Response.WriteAsync(body, TestContext.Current.CancellationToken);
        }
    }
}
