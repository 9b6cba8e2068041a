using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace EventDriven.Tests.Application.Harness;

/// <summary>Takes what services send by OTLP (HTTP, Protobuf) on a loopback port, and keeps all of it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<byte[]> _received = [];

    private OtlpReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<OtlpSpan> Spans { get; } = [];

    public ConcurrentQueue<OtlpLine> Lines { get; } = [];

    public ConcurrentQueue<OtlpPoint> Points { get; } = [];

    /// <summary>What a service needs to send its telemetry here, soon.</summary>
    public IReadOnlyDictionary<string, string> ExporterEnvironment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    public static async Task<OtlpReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>Whether the text is anywhere in what was received, as it stands on the wire.</summary>
    public bool Mentions(string text) =>
        _received.Any(payload => Encoding.UTF8.GetString(payload).Contains(text, StringComparison.OrdinalIgnoreCase));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var payload = body.ToArray();
        _received.Enqueue(payload);
        var request = new OtlpMessage(payload);
        switch (http.Request.Path.Value)
        {
            case "/v1/traces":
                Add(Spans, OtlpSpan.Read(request));
                break;
            case "/v1/logs":
                Add(Lines, OtlpLine.Read(request));
                break;
            case "/v1/metrics":
                Add(Points, OtlpPoint.Read(request));
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private static void Add<T>(ConcurrentQueue<T> all, IEnumerable<T> some)
    {
        foreach (var one in some)
        {
            all.Enqueue(one);
        }
    }
}
