using Checkout.Api.Payments.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace EventDriven.Tests.Checkout.Webhooks;

/// <summary>The check of signatures alone, without the rest of Checkout.</summary>
internal static class WebhookHost
{
    public static WebApplicationBuilder With(params string[] secrets) => In("Production", secrets);

    public static WebApplicationBuilder In(string environment, params string[] secrets)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });

        // An application can't be built without a server; this one doesn't listen.
        builder.WebHost.UseKestrelCore();
        foreach (var (index, secret) in secrets.Index())
        {
            builder.Configuration[$"Payments:WebhookSecrets:{index}"] = secret;
        }

        return builder.AddWebhookSignatures();
    }
}
