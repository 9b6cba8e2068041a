using Microsoft.Extensions.Options;

namespace Checkout.Api.Payments.Webhooks;

/// <summary>Registers the check of the webhook's signatures.</summary>
internal static class WebhookSetup
{
    public static WebApplicationBuilder AddWebhookSignatures(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<WebhookOptions>().BindConfiguration(WebhookOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidation>();
        builder.Services.AddSingleton<WebhookKeys>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WebhookKeys>());
        builder.Services.AddSingleton<WebhookVerifier>();
        return builder;
    }
}
