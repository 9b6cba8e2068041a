namespace Checkout.Api.Payments.Webhooks;

/// <summary>Section <c>Payments</c>: how the payment provider's webhook is authenticated. A change is used without a restart.</summary>
internal sealed class WebhookOptions
{
    public const string Section = PaymentOptions.Section;

    /// <summary>
    /// The secrets that the provider may sign with, each <c>whsec_</c> and base64; two during a rotation. Empty entries don't count.
    /// Required, except in Development, where the webhook refuses every message without them.
    /// </summary>
    public IList<string> WebhookSecrets { get; set; } = [];
}
