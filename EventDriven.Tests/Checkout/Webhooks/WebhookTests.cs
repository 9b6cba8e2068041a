using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EventDriven.AppHost.Payments;
using EventDriven.Tests.Checkout.Host;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EventDriven.Tests.Checkout.Webhooks;

/// <summary>The webhook accepts only what the payment provider signed, over HTTP on real servers.</summary>
[Collection<CheckoutCollection>]
public sealed class WebhookTests(CheckoutFixture checkout)
{
    private const decimal Total = 13.80m;

    private readonly string _reference = $"pay_{CheckoutHttp.NewKey()}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Client => checkout.App.Client;

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public async Task Without_one_of_the_headers_it_is_401_and_nothing_happens(string header)
    {
        var id = await Client.PlaceAsync();
        using var request = await SignedAsync(Notice(id));
        request.Headers.Remove(header);

        using var answer = await Client.SendAsync(request, Token);

        await IsRefusedAsync(answer, header, "Is missing.");
        Assert.Equal(["order-placed"], await checkout.App.AnnouncedAsync(id));
    }

    [Fact]
    public async Task Without_all_of_them_it_names_all_of_them()
    {
        using var body = Json(Notice(Guid.Empty));
        using var answer = await Client.PostAsync(ProviderWebhook.Path, body, Token);

        await answer.ReadProblemOfCodeAsync(
            HttpStatusCode.Unauthorized, "not-signed", "webhook-id", "webhook-timestamp", "webhook-signature");
        Assert.Equal("StandardWebhooks", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("webhook-id", "msg.1")]
    [InlineData("webhook-timestamp", "now")]
    [InlineData("webhook-signature", "v2,AAAA")]
    public async Task A_header_that_can_not_be_read_is_named(string header, string value)
    {
        using var garbled = await SignedAsync(Notice(Guid.Empty));
        garbled.Headers.Remove(header);
        garbled.Headers.Add(header, value);
        using var answer = await Client.SendAsync(garbled, Token);
        await answer.ReadProblemOfCodeAsync(HttpStatusCode.Unauthorized, "not-signed", header);
    }

    [Fact]
    public async Task A_signature_by_another_key_is_401_and_the_answer_gives_nothing_away()
    {
        var (id, now) = (await Client.PlaceAsync(), new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        using var right = await SignedAsync(Notice(id), new WebhookSigner([ProviderWebhook.Secret], now), "msg_1");
        using var wrong = await SignedAsync(Notice(id), new WebhookSigner([WebhookSigner.NewSecret()], now), "msg_1");
        using var answer = await Client.SendAsync(wrong, Token);

        await IsRefusedAsync(answer, "webhook-signature", "No signature is right for this id, timestamp and body.");
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.All(
            [right.Headers.GetValues("webhook-signature").Single()[3..], ProviderWebhook.Secret[6..]],
            secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Equal(["order-placed"], await checkout.App.AnnouncedAsync(id));
    }

    [Fact]
    public async Task The_bytes_are_checked_as_they_came_before_they_are_read()
    {
        var id = await Client.PlaceAsync();
        using var spaced = Json(
            $$"""

              { "amount" : 5.00,"currency":"\u0045UR" , "orderId":"{{id}}","providerReference":"{{_reference}}" }

            """);
        using var accepted = await Client.NotifyAsync(spaced);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);

        using var noJson = Json("no JSON");
        using var unsigned = await Client.PostAsync(ProviderWebhook.Path, noJson, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        using var noJsonEither = Json("no JSON");
        using var signed = await Client.NotifyAsync(noJsonEither);
        await signed.ReadProblemOfCodeAsync(HttpStatusCode.BadRequest, "invalid-json", "body");
    }

    [Fact]
    public async Task A_body_that_was_changed_on_its_way_is_401()
    {
        var id = await Client.PlaceAsync();
        using var request = await SignedAsync(Notice(id));
        request.Content = Json(Notice(id).Replace("13.80", "13.79", StringComparison.Ordinal));

        using var answer = await Client.SendAsync(request, Token);

        await IsRefusedAsync(answer, "webhook-signature", "No signature is right for this id, timestamp and body.");
        Assert.Equal(["order-placed"], await checkout.App.AnnouncedAsync(id));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413_though_it_is_signed()
    {
        using var body = Json(Notice(Guid.Empty).PadRight((64 * 1024) + 1));
        using var answer = await Client.NotifyAsync(body);

        await answer.ReadProblemOfCodeAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large", "body");
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(6)]
    public async Task A_message_of_more_than_5_minutes_in_the_past_or_the_future_is_401(int minutes)
    {
        var id = await Client.PlaceAsync();
        using var answer = await Client.NotifyAsync(Json(Notice(id)), signer: SignerAt(minutes));

        await IsRefusedAsync(
            answer, "webhook-timestamp",
            "Is more than 5 minutes from this server's time. A message that is sent again needs a new one.");
        Assert.Equal(["order-placed"], await checkout.App.AnnouncedAsync(id));
    }

    [Theory]
    [InlineData(-4)]
    [InlineData(4)]
    public async Task Clocks_may_differ_by_less(int minutes)
    {
        var id = await Client.PlaceAsync();
        using var answer = await Client.NotifyAsync(Json(Notice(id)), signer: SignerAt(minutes));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_captured_message_that_is_sent_again_has_no_second_effect_and_the_same_answer()
    {
        var id = await Client.PlaceAsync();
        using var message = await SignedAsync(Notice(id));
        using (var first = await ReplayAsync(message))
        {
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        }

        var replays = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ReplayAsync(message)));
        using var cancelled = await Client.CancelAsync(id);
        using var late = await ReplayAsync(message);

        Assert.All([.. replays, late], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(await checkout.App.AnnouncedAsync(id), fact => fact.StartsWith("payment-captured", StringComparison.Ordinal));
        Assert.Equal(Total, (await Client.GetOrderAsync(id)).Payment().Paid);
    }

    [Fact]
    public async Task A_refused_capture_is_refused_alike_whenever_its_message_comes_and_refunded_once()
    {
        var id = await Client.PlaceAsync();
        using (await Client.CancelAsync(id))
        using (var message = await SignedAsync(Notice(id)))
        {
            for (var time = 0; time < 3; time++)
            {
                using var answer = await ReplayAsync(message);
                var problem = await answer.ReadProblemOfCodeAsync(HttpStatusCode.Conflict, "payment-refused", "orderId");
                Assert.Equal("order-cancelled", problem.GetProperty("reason").GetString());
            }
        }

        var facts = await Eventually.GetAsync(
            () => checkout.App.AnnouncedAsync(id), announced => announced.Contains("payment-refunded", StringComparer.Ordinal));
        Assert.Equal(["order-placed", "order-cancelled", "payment-refused", "payment-refunded"], facts);
        Assert.Single(checkout.Provider.Of(_reference));
    }

    /// <summary>As the specification wants it: the id stays, timestamp and signature are new.</summary>
    [Fact]
    public async Task The_providers_own_repetition_with_a_new_timestamp_is_answered_as_the_first_time()
    {
        var (id, message) = (await Client.PlaceAsync(), ProviderWebhook.NewId());
        foreach (var minutes in (int[])[-4, -2, 0])
        {
            using var answer = await Client.NotifyAsync(Json(Notice(id)), message, SignerAt(minutes));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(["order-placed", "payment-captured"], await checkout.App.AnnouncedAsync(id));
    }

    /// <summary>The provider's reference is what a payment is known by, whatever message tells of it.</summary>
    [Fact]
    public async Task One_capture_in_two_messages_counts_once_and_two_captures_under_one_id_are_both_told()
    {
        var (id, message) = (await Client.PlaceAsync(), ProviderWebhook.NewId());
        var (part, rest) = (Notice(id, 5m), Notice(id, 8.80m).Replace(_reference, $"{_reference}_2", StringComparison.Ordinal));
        foreach (var (body, name) in ((string, string)[])[(part, message), (part, ProviderWebhook.NewId()), (rest, message)])
        {
            using var answer = await Client.NotifyAsync(Json(body), name);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(["order-placed", "payment-captured", "payment-captured"], await checkout.App.AnnouncedAsync(id));
    }

    /// <summary>A notice has no date that counts: money was captured when Checkout learned of it.</summary>
    [Theory]
    [InlineData("2001-01-01T00:00:00Z")]
    [InlineData("2999-01-01T00:00:00Z")]
    [InlineData("never")]
    public async Task A_date_in_the_notice_is_not_read(string date)
    {
        var id = await Client.PlaceAsync();
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        using var answer = await Client.NotifyAsync(
            Json(Notice(id).Replace("{", $$"""{"capturedAt":"{{date}}",""", StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var fact = Assert.Single(await checkout.App.OutboxAsync(id), m => m.Type == EventTypes.PaymentCaptured);
        Assert.InRange(fact.Time, before, TimeProvider.System.GetUtcNow().AddSeconds(1));
    }

    [Fact]
    public async Task A_capture_of_an_unknown_order_is_404_however_often_it_comes()
    {
        using var message = await SignedAsync(Notice(Guid.Empty));
        for (var time = 0; time < 2; time++)
        {
            using var answer = await ReplayAsync(message);
            await answer.ReadProblemOfCodeAsync(HttpStatusCode.NotFound, "not-found", "orderId");
        }
    }

    [Fact]
    public async Task A_second_capture_with_another_reference_is_refused_and_refunded()
    {
        var id = await Client.PlaceAsync();
        await Client.PaidAsync(id, $"first_{_reference}", Total);
        using var answer = await Client.PayAsync(id, _reference, Total);

        var problem = await answer.ReadProblemOfCodeAsync(HttpStatusCode.Conflict, "payment-refused", "amount");
        Assert.Equal("exceeds-total", problem.GetProperty("reason").GetString());
        var facts = await Eventually.GetAsync(
            () => checkout.App.AnnouncedAsync(id), announced => announced.Contains("payment-refunded", StringComparer.Ordinal));
        Assert.Equal(["order-placed", "payment-captured", "payment-refused", "payment-refunded"], facts);
    }

    [Fact]
    public async Task The_same_reference_with_another_amount_changes_nothing()
    {
        var id = await Client.PlaceAsync();
        await Client.PaidAsync(id, _reference, 5m);
        using var answer = await Client.PayAsync(id, _reference, 6m);

        await answer.ReadProblemOfCodeAsync(HttpStatusCode.Conflict, "conflict", "providerReference");
        Assert.Equal(["order-placed", "payment-captured"], await checkout.App.AnnouncedAsync(id));
        Assert.Equal(5m, (await Client.GetOrderAsync(id)).Payment().Paid);
    }

    [Fact]
    public async Task Secrets_are_rotated_while_it_runs()
    {
        await using var app = new CheckoutApp(checkout.Options);
        var id = await app.Client.PlaceAsync();
        var (old, next) = (ProviderWebhook.Secret, WebhookSigner.NewSecret());
        Assert.Equal((200, 401), (await StatusAsync(old), await StatusAsync(next)));

        Change(app, "Payments:WebhookSecrets:1", next);
        Assert.Equal((200, 200), (await StatusAsync(old), await StatusAsync(next)));
        Assert.Equal(200, await StatusAsync(next, old));

        async Task<int> StatusAsync(params string[] secrets)
        {
            using var answer = await app.Client.NotifyAsync(Json(Notice(id)), signer: new WebhookSigner(secrets, TimeProvider.System));
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task Without_a_secret_the_webhook_of_a_Checkout_in_Development_refuses_everything()
    {
        await using var app = new CheckoutApp(
            checkout.Options with { Payments = new Dictionary<string, string>(StringComparer.Ordinal) { ["WebhookSecrets:0"] = "" } });
        var id = await app.Client.PlaceAsync();
        using var answer = await app.Client.PayAsync(id, _reference, Total);

        await IsRefusedAsync(answer, "webhook-signature", "No signature is right for this id, timestamp and body.");
    }

    private static void Change(CheckoutApp app, string setting, string value)
    {
        var configuration = app.Services.GetRequiredService<IConfiguration>();
        configuration[setting] = value;
        ((IConfigurationRoot)configuration).Reload();
    }

    private static WebhookSigner SignerAt(int minutes) =>
        new([ProviderWebhook.Secret], new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(minutes)));

    private static StringContent Json(string text) => new(text, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));

    private static async Task<HttpRequestMessage> SignedAsync(string notice, WebhookSigner? signer = null, string? id = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, ProviderWebhook.Path) { Content = Json(notice) };
        await (signer ?? ProviderWebhook.Signer).SignAsync(request, id ?? ProviderWebhook.NewId(), Token);
        return request;
    }

    private static async Task IsRefusedAsync(HttpResponseMessage answer, string header, string reason)
    {
        var problem = await answer.ReadProblemOfCodeAsync(HttpStatusCode.Unauthorized, "not-signed", header);
        Assert.Equal(reason, problem.GetProperty("errors").GetProperty(header)[0].GetString());
    }

    private string Notice(Guid id, decimal amount = Total) => JsonSerializer.Serialize(
        new { orderId = id, providerReference = _reference, amount, currency = "EUR" }, JsonSerializerOptions.Web);

    /// <summary>Sends the message as it was sent, byte by byte.</summary>
    private async Task<HttpResponseMessage> ReplayAsync(HttpRequestMessage message)
    {
        using var copy = new HttpRequestMessage(message.Method, message.RequestUri)
        {
            Content = new ByteArrayContent(await message.Content!.ReadAsByteArrayAsync(Token)),
        };
        copy.Content.Headers.ContentType = message.Content.Headers.ContentType;
        foreach (var (name, values) in message.Headers)
        {
            copy.Headers.Add(name, values);
        }

        return await Client.SendAsync(copy, Token);
    }
}
