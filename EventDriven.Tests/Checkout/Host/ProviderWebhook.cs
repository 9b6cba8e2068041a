using System.Net.Http.Json;
using System.Text.Json;
using EventDriven.AppHost.Payments;

namespace EventDriven.Tests.Checkout.Host;

/// <summary>The payment provider's messages to Checkout's webhook.</summary>
internal static class ProviderWebhook
{
    public const string Path = "/payments/webhook";

    /// <summary>Name of the setting that the tests' Checkout has <see cref="Secret"/> in.</summary>
    public const string Setting = "Payments:WebhookSecrets:0";

    /// <summary>The provider's secret, made anew for each run of the tests.</summary>
    public static string Secret { get; } = WebhookSigner.NewSecret();

    /// <summary>Signs as the provider does.</summary>
    public static WebhookSigner Signer { get; } = new([Secret], TimeProvider.System);

    public static string NewId() => $"msg_{CheckoutHttp.NewKey()}";

    /// <summary>Sends a message that is signed.</summary>
    public static Task<HttpResponseMessage> NotifyAsync(
        this HttpClient client, object notice, string? id = null, WebhookSigner? signer = null) =>
        client.NotifyAsync(JsonContent.Create(notice, options: JsonSerializerOptions.Web), id, signer);

    /// <summary>Sends a message with this body that is signed.</summary>
    public static async Task<HttpResponseMessage> NotifyAsync(
        this HttpClient client, HttpContent body, string? id = null, WebhookSigner? signer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = body };
        await (signer ?? Signer).SignAsync(request, id ?? NewId(), TestContext.Current.CancellationToken);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
