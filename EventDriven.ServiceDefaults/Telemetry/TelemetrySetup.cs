using System.Diagnostics;
using EventDriven.Messaging.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace EventDriven.ServiceDefaults.Telemetry;

/// <summary>Sends traces, metrics and logs by OTLP if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. Otherwise none are recorded.</summary>
internal static class TelemetrySetup
{
    // The host's activity source of requests.
    private const string Host = "Microsoft.AspNetCore";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HandlingMeter>();
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            PassTracesOn();
        }
        else
        {
            builder.AddExportedTelemetry();
        }
    }

    private static void AddExportedTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddNpgsqlInstrumentation()
                .AddMeter(MessagingMetrics.MeterName))
            .WithTracing(tracing => tracing
                .SetSampler(new ParentBasedSampler(new CausedSpansOnly()))
                .AddSource(MessagingActivity.SourceName)
                .AddAspNetCoreInstrumentation(http =>
                {
                    http.Filter = context => !IsProbe(context.Request.Path);
                    http.EnrichWithHttpResponse = (span, _) => TrimRoute(span);
                })
                .AddHttpClientInstrumentation()
                .AddNpgsql()
                .AddProcessor<CorrelationProcessor>()
                .AddProcessor<RequestSpans>())
            .UseOtlpExporter();
    }

    /// <summary>
    /// Keeps the trace context although this service's spans are not collected, because those of other services may be. The trace continues
    /// through the outbox (law L9) without the cost of recording. The host creates a request's activity only if somebody listens, and
    /// passes it to HTTP calls.
    /// </summary>
    private static void PassTracesOn() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source.Name is MessagingActivity.SourceName or Host,

        // A caller that records its trace expects the services behind this one to record it too.
        Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            options.Source.Name == Host && options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.PropagationData,
    });

    /// <summary>Removes the slash at the end of a route group's own path: <c>/orders/</c> is called as <c>/orders</c>.</summary>
    private static void TrimRoute(Activity span)
    {
        if (span.GetTagItem("http.route") is string { Length: > 1 } route && route.EndsWith('/'))
        {
            span.SetTag("http.route", route[..^1]);
            span.DisplayName = span.DisplayName.TrimEnd('/');
        }
    }

    private static bool IsProbe(string? path) => path is "/health" or "/alive" or "/lag" or "/handling";
}
