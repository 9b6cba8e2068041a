using Checkout.Api.Payments.Capturing;
using Checkout.Api.Payments.Refunding;
using Checkout.Api.Payments.StandIn;
using Checkout.Api.Payments.Webhooks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Checkout.Api.Payments;

/// <summary>Registers payments and refunds.</summary>
internal static class PaymentSetup
{
    public static WebApplicationBuilder AddPayments(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PaymentOptions>()
            .BindConfiguration(PaymentOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                payments => payments.Provider is not null || builder.Environment.IsDevelopment(),
                "Payments:Provider is missing: the URL at which the payment provider takes refunds. Only the environment Development "
                + "has a stand-in for it.")
            .Validate(
                payments => payments.Provider is null or { IsAbsoluteUri: true, Scheme: "http" or "https" },
                "Payments:Provider is not an absolute http or https URL.")
            .Validate(
                payments => payments.Lease > 2 * payments.Timeout,
                "Payments:Lease must be longer than two Payments:Timeout, or a batch ends before it begins.")
            .ValidateOnStart();

        builder.AddWebhookSignatures();
        builder.Services.AddSingleton<ProviderAddress>();
        builder.Services.AddHttpClient<PaymentProvider>(
            (services, http) => http.Timeout = services.GetRequiredService<IOptions<PaymentOptions>>().Value.Timeout);
        builder.Services.AddScoped<CapturePayment>();
        builder.Services.AddScoped<RefundQueue>();
        builder.Services.AddScoped<RefundBatch>();
        builder.Services.AddSingleton<RefundTelemetry>();
        builder.Services.AddHostedService<RefundSender>();
        builder.Services.AddHealthChecks().AddCheck<RefundHealth>("refunds", HealthStatus.Degraded);
        builder.Services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(RefundTelemetry.Name));
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(RefundTelemetry.Name));
        return builder;
    }
}
