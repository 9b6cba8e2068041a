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

/// <summary>Traces, metrics and logs sent by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, and else not made at all.</summary>
internal static class TelemetrySetup
{
    // The host's source of a request's activity.
    private const string Host = "Microsoft.AspNetCore";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
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
    /// Nobody collects this service's spans, but those of services before and after it may be collected: the trace goes on through the outbox
    /// (law L9), without the cost of recording. The host takes it from a request for who listens to it, and hands it to HTTP calls.
    /// </summary>
    private static void PassTracesOn() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source.Name is MessagingActivity.SourceName or Host,

        // A caller who records its trace expects it to be recorded behind this service too.
        Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            options.Source.Name == Host && options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.PropagationData,
    });

    /// <summary>The route of a group's own path ends with a slash, <c>/orders/</c>, which is not how anybody calls it.</summary>
    private static void TrimRoute(Activity span)
    {
        if (span.GetTagItem("http.route") is string { Length: > 1 } route && route.EndsWith('/'))
        {
            span.SetTag("http.route", route[..^1]);
            span.DisplayName = span.DisplayName.TrimEnd('/');
        }
    }

    private static bool IsProbe(string? path) => path is "/health" or "/alive" or "/lag";
}
